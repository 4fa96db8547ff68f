// Runs the benchmarks, all or those named: `npm run bench -- elf`. Each is a folder here with a bench.mjs.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const all = readdirSync(here).filter((name) => existsSync(join(here, name, "bench.mjs")));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are: ${all.join(", ")}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n=== ${name}`);
  const { status } = spawnSync(process.execPath, [join(here, name, "bench.mjs")], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
