// Compares ogrt-inspect on a tree with scanelf, readelf and a C program that only opens every file (the floor): seconds, and
// ratios to the floor. Rounds are interleaved and the best of each counts.
// `node bench/inspect/bench.mjs [--before REVISION] [directory] [rounds]`.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withBefore } from "../before.mjs";

const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
const floor = join(work, "floor");
const memory = join(work, "memory");
const inspect = join(here, "../../dist/bin/ogrt-inspect.js");

try {
  const { rest, before, revision } = withBefore(process.argv.slice(2), work);
  const [tree = "/usr", rounds = "5"] = rest;
  execFileSync("gcc", ["-O2", "-o", floor, join(here, "floor.c")]);
  const programs = {
    "open and read 64 bytes (C)": [floor, tree],
    "ogrt-inspect --ndjson": [process.execPath, inspect, "--ndjson", tree],
    ...(before !== undefined && {
      [`the same at ${revision}`]: [process.execPath, join(before, "bin/ogrt-inspect.js"), "--ndjson", tree],
    }),
    "ogrt-inspect (table)": [process.execPath, inspect, tree],
    "scanelf -yRBF": ["scanelf", "-yRBF", "%F", tree],
    "find | xargs readelf -nW": [
      "sh",
      "-c",
      'find "$1" -type f -print0 | xargs -0 readelf -nW 2>/dev/null',
      "sh",
      tree,
    ],
  };
  for (const [name, [program]] of Object.entries(programs)) {
    if (spawnSync(program, ["--version"], { stdio: "ignore" }).error !== undefined) {
      console.log(`${name}: ${program} is not installed: skipped`);
      delete programs[name];
    }
  }
  const best = Object.fromEntries(Object.keys(programs).map((name) => [name, Number.POSITIVE_INFINITY]));
  // The first round warms the cache and does not count.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const [name, command] of Object.entries(programs)) {
      const seconds = run(command);
      if (round > 0) best[name] = Math.min(best[name], seconds);
    }
  }
  const least = best["open and read 64 bytes (C)"];
  console.log(`${tree}, warm cache, best of ${rounds}`);
  for (const [name, seconds] of Object.entries(best)) {
    console.log(
      `  ${name.padEnd(28)}${seconds.toFixed(2).padStart(7)} s  ${(seconds / least).toFixed(2).padStart(6)}×`,
    );
  }
  console.log(`  ogrt-inspect --ndjson needs ${peakMegabytes(programs["ogrt-inspect --ndjson"])} MB at most`);
} finally {
  rmSync(work, { recursive: true });
}

function run([program, ...args]) {
  const start = process.hrtime.bigint();
  spawnSync(program, args, { stdio: ["ignore", openSync("/dev/null", "w"), "ignore"] });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function peakMegabytes([program, ...args]) {
  const preload = join(work, "preload.cjs");
  const report = `require("node:fs").writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(preload, `process.on("exit", () => ${report});\n`);
  run([program, "--require", preload, ...args]);
  return Math.round(Number(readFileSync(memory, "utf8")) / 1024);
}
