// Compares our reader with the ELF readers of npm, with libelf in C and, with `--before REVISION`, with an earlier one of
// ours on the same files: microseconds, and peak memory of a process. Ratios are relative to ours; absolute numbers depend
// on the machine. Every cell is a separate process. `node bench/elf/bench.mjs [file…]` measures other files.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { withBefore } from "../before.mjs";

const here = import.meta.dirname;
const TIMEOUT = 20_000;
const READERS = ["ogrt", "elfy", "elf-tools", "elfinfo", "node-lief"];

const work = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
try {
  const { rest: paths, before, revision } = withBefore(process.argv.slice(2), work);
  if (!existsSync(join(here, "node_modules"))) {
    console.log("installing the other readers");
    const install = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
    execFileSync("npm", install, { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
  }
  const files =
    paths.length === 0
      ? { ...stamped(), ...system() }
      : Object.fromEntries(paths.map((path) => [basename(path), realpathSync(path)]));
  const libelf = compileLibelf();
  for (const [task, source] of [
    ["all", "path"],
    ["all", "memory"],
    ["signatures", "path"],
    ["signatures", "memory"],
  ]) {
    console.log(`\n${task === "all" ? "headers, sections with names, notes" : "signatures only"}, from ${source}`);
    for (const [name, path] of Object.entries(files)) {
      const ours = measure("ogrt", path, task, source);
      console.log(`  ${name} (${Math.round(statSync(path).size / 1024)} KiB)`);
      const show = (label, result) => console.log(`    ${label.padEnd(12)}${row(result, ours)}`);
      show("ogrt", ours);
      if (before !== undefined) show(`at ${revision}`.slice(0, 11), measure("ogrt", path, task, source, before));
      // No other reader can search signatures alone, so the others are shown once.
      if (task === "all") for (const reader of READERS.slice(1)) show(reader, measure(reader, path, task, source));
      if (libelf !== undefined && task === "all" && source === "path") show("libelf (C)", { us: inC(libelf, path) });
    }
  }
} finally {
  rmSync(work, { recursive: true });
}

function row({ us, rss, error }, ours) {
  if (error !== undefined) return error;
  const time = `${us.toFixed(1).padStart(12)} µs  ${`${(us / ours.us).toFixed(2)}×`.padStart(9)}`;
  return rss === undefined ? time : `${time}  ${String(Math.round(rss / 1024)).padStart(5)} MB at most`;
}

function measure(reader, path, task, source, dist = join(here, "../../dist")) {
  const args = [join(here, "cell.mjs"), reader, path, task, source, dist];
  const { stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: TIMEOUT,
    cwd: here,
  });
  if (error?.code === "ETIMEDOUT") return { error: `over ${TIMEOUT / 1000} s` };
  try {
    return JSON.parse(stdout);
  } catch {
    return { error: `fails: ${(/^\w*Error.*$/m.exec(stderr)?.[0] ?? "no result").slice(0, 90)}` };
  }
}

function stamped() {
  const at = (name) => join(work, name);
  const stamp = execFileSync(process.execPath, [join(here, "../../dist/bin/ogrt-stamp.js")]);
  writeFileSync(at("stamp.s"), stamp);
  writeFileSync(at("main.c"), "int main(void) { return 0; }\n");
  execFileSync("gcc", ["-o", at("stamped"), at("main.c"), at("stamp.s")]);
  return { "a stamped program": at("stamped") };
}

function system() {
  const libc = execFileSync("gcc", ["-print-file-name=libc.so.6"], { encoding: "utf8" }).trim();
  return { bash: "/bin/bash", "libc.so.6": realpathSync(libc), node: realpathSync(process.execPath) };
}

function compileLibelf() {
  const program = join(work, "libelf");
  const { status } = spawnSync("gcc", ["-O2", "-o", program, join(here, "libelf.c"), "-lelf"], { stdio: "ignore" });
  if (status === 0) return program;
  console.log("libelf is missing (Debian: libelf-dev): skipping the C reader");
  return undefined;
}

function inC(program, path) {
  return Number(execFileSync(program, [path, "200"], { encoding: "utf8" }));
}
