// What the preload library costs: `npm run bench:preload [ROUNDS]`. Everything is held against an empty preload library;
// times are medians of interleaved runs, instructions are callgrind's, system calls are strace's.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const native = join(here, "../../native-preload");
const folder = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
const at = (name) => join(folder, name);
const rounds = Number(process.argv[2] ?? 1000);
const STORM = 10_000;
const LIBRARIES = 20;

const run = (tool, ...args) => execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const have = (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
const compile = (...args) => run("gcc", "-O2", ...args);

/** A plain environment: the one that the instruction counts of different machines are compared by. */
const environment = { PATH: "/usr/bin:/bin", HOME: "/root", USER: "root", SHELL: "/bin/sh", LANG: "C", TERM: "xterm" };

function build() {
  writeFileSync(at("empty.c"), "int ogrt_bench_empty;\n");
  // Paths of the same length: ld.so compares names, which costs up to 60 instructions more by the alignment of the path.
  mkdirSync(at("empty"));
  compile("-shared", "-fPIC", "-o", at("empty/libogrt.so"), at("empty.c"));
  for (const [name, ...settings] of [["whole"], ["start", "WITHOUT=end"]]) {
    run("make", "-s", "-C", native, `BUILD=${at(name)}`, ...settings);
  }
  for (const name of ["spawn", "storm", "resident"]) compile("-o", at(name), join(here, `${name}.c`));
  compile("-o", at("sink"), join(native, "test/sink.c"));

  writeFileSync(at("main.c"), "int main(void) { return 0; }\n");
  compile("-o", at("libraries-0"), at("main.c"));
  const objects = Array.from({ length: 50 }, (_, i) => `libbench${i}.so`);
  for (const name of objects) compile("-shared", "-fPIC", `-Wl,-soname,${name}`, "-o", at(name), at("empty.c"));
  const link = ["-Wl,--no-as-needed", `-L${folder}`, `-Wl,-rpath,${folder}`];
  compile("-o", at("libraries-50"), at("main.c"), ...link, ...objects.map((name) => `-l:${name}`));
  writeFileSync(at("main.cc"), "#include <iostream>\nint main() { return std::cout.good() ? 0 : 1; }\n");
  if (have("g++")) {
    run(
      "g++",
      "-O2",
      "-o",
      at("cxx"),
      at("main.cc"),
      ...link,
      ...objects.slice(0, LIBRARIES).map((name) => `-l:${name}`),
    );
  }
}

const empty = { LD_PRELOAD: at("empty/libogrt.so") };
const off = { LD_PRELOAD: at("whole/libogrt.so") };
const on = { ...off, OGRT_ACTIVE: "1", OGRT_SERVER: "udp://127.0.0.1:@PORT" };
const start = { ...on, LD_PRELOAD: at("start/libogrt.so") };
const dead = { ...on, OGRT_SERVER: "udp://127.0.0.1:9" };
const variants = { none: {}, empty, off, start, "start and end": on, "dead collector": dead };

/** Medians in nanoseconds by variant. */
function times(program) {
  const labels = Object.entries(variants).flatMap(([label, added]) => [
    "-v",
    label.replaceAll(" ", "-"),
    ...Object.entries(added).map(([name, value]) => `${name}=${value}`),
  ]);
  const output = execFileSync(at("spawn"), [`${rounds}`, ...labels, "--", ...program], {
    encoding: "utf8",
    env: environment,
  });
  return Object.fromEntries(
    output
      .trim()
      .split("\n")
      .map((line) => {
        const [label, median] = line.split(" ");
        return [label.replaceAll("-", " "), Number(median)];
      }),
  );
}

const settled = (added) => ({
  ...environment,
  ...added,
  ...(added.OGRT_SERVER && { OGRT_SERVER: "udp://127.0.0.1:9" }),
});

/** Instructions in user space. */
function instructions(program, added) {
  const { stderr } = spawnSync("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", ...program], {
    encoding: "utf8",
    env: settled(added),
  });
  return Number(/Collected : (\d+)/.exec(stderr)?.[1]);
}

/** System calls by name, without those of the loader for strace itself. */
function calls(program, added) {
  const assignments = Object.entries(settled(added)).map(([name, value]) => `--env=${name}=${value}`);
  const { stderr } = spawnSync("strace", [...assignments, "-f", "-qq", ...program], { encoding: "utf8", env: {} });
  return stderr.split("\n").filter((line) => /^(\[pid +\d+\] )?\w+\(/.test(line)).length;
}

async function storm() {
  const sink = spawn(at("sink"), [at("socket")], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  sink.stdout.on("data", (bytes) => {
    output += bytes;
  });
  while (!output.includes("ready")) await once(sink.stdout, "data");
  const unix = { ...on, OGRT_SERVER: `unix://${at("socket")}` };
  const storms = (added) =>
    Number(
      execFileSync(at("storm"), [`${STORM}`, "2", "/bin/true"], {
        env: { ...environment, ...added },
        encoding: "utf8",
      }),
    );
  const elapsed = { empty: [], unix: [] };
  for (let round = 0; round < 3; round++) {
    elapsed.empty.push(storms(empty));
    elapsed.unix.push(storms(unix));
  }
  sink.stdin.end();
  const [status, signal] = await once(sink, "close");
  if (status !== 0) throw new Error(`the sink ended with ${signal ?? status}`);
  const [starts] = output.split("\n")[1].split(" ").map(Number);
  const median = (list) => list.sort((a, b) => a - b)[1];
  return { ratio: median(elapsed.unix) / median(elapsed.empty), lost: 3 * (STORM + 1) - starts };
}

const micro = (nanoseconds) => `${nanoseconds < 0 ? "−" : "+"}${Math.abs(nanoseconds / 1000).toFixed(1)}`;
const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toLocaleString("en-US")}`;

try {
  build();
  const programs = {
    "/bin/true": ["/bin/true"],
    "/bin/ls": ["/bin/ls", "/"],
    bash: ["/bin/bash", "--norc", "-c", ":"],
    ...(have("/usr/bin/python3") && { python3: ["/usr/bin/python3", "-I", "-S", "-c", ""] }),
    ...(have("g++") && { [`C++ with ${LIBRARIES} libraries`]: [at("cxx")] }),
  };
  const tracked = ["off", "start", "start and end", "dead collector"];
  console.log(`Added to an empty preload library; medians of ${rounds} interleaved runs, in µs.\n`);
  console.log(
    `| program | empty, whole process | ${tracked.join(" | ")} |\n| --- | --- | ${tracked.map(() => "---").join(" | ")} |`,
  );
  for (const [name, program] of Object.entries(programs)) {
    const median = times(program);
    const cells = tracked.map((label) => micro(median[label] - median.empty));
    console.log(`| ${name} | ${(median.empty / 1000).toFixed(0)} | ${cells.join(" | ")} |`);
  }

  if (have("valgrind")) {
    console.log("\nInstructions in user space, added to an empty preload library.\n");
    console.log("| program | empty, whole process | off | start | start and end |\n| --- | --- | --- | --- | --- |");
    for (const [name, program] of Object.entries(programs)) {
      const base = instructions(program, empty);
      const cells = [off, start, on].map((added) => signed(instructions(program, added) - base));
      console.log(`| ${name} | ${base.toLocaleString("en-US")} | ${cells.join(" | ")} |`);
    }
    const growth = (added) => instructions([at("libraries-50")], added) - instructions([at("libraries-0")], added);
    const each = (added) => ((growth(added) - growth(empty)) / 50).toFixed(0);
    console.log(`\nPer further shared object: start ${each(start)}, start and end ${each(on)} instructions.`);
  }
  if (have("strace")) {
    const counts = [empty, off, start, on].map((added) => calls(["/bin/true"], added));
    const [base] = counts;
    console.log(
      `\nSystem calls of /bin/true: empty ${base}, off ${signed(counts[1] - base)}, start ${signed(counts[2] - base)}, start and end ${signed(counts[3] - base)}.`,
    );
    const many = [empty, start].map((added) => calls([at("libraries-50")], added) - calls([at("libraries-0")], added));
    console.log(`Per 50 further shared objects: ${signed(many[1] - many[0])}.`);
  }
  const resident = (added) => {
    const samples = Array.from({ length: 21 }, () =>
      Number.parseInt(execFileSync(at("resident"), { encoding: "utf8", env: settled(added) }), 10),
    );
    return samples.sort((a, b) => a - b)[10];
  };
  console.log(
    `\nResident memory, added to an empty preload library: off ${signed(resident(off) - resident(empty))} KiB, on ${signed(resident(on) - resident(empty))} KiB.`,
  );
  const { ratio, lost } = await storm();
  console.log(
    `\n${STORM} processes, two at once, over a unix socket: ${ratio.toFixed(2)} times as long as with an empty preload library; start records lost: ${lost}.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
