// What the linker wrapper costs: `npm run bench -- linker`. Medians of interleaved links, each held against the linker alone.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const native = join(import.meta.dirname, "../../native-ld");
const folder = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
const at = (name) => join(folder, name);
const ROUNDS = 200;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Runs the variants one after the other, again and again, and prints what each takes. */
function compare(title, variants) {
  const times = variants.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { command, env }] of variants.entries()) {
      const start = process.hrtime.bigint();
      execFileSync(command[0], command.slice(1), { env: { ...process.env, ...env }, stdio: "ignore" });
      times[index].push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  const [alone, ...others] = times.map(median);
  console.log(`${title}: ${alone.toFixed(2)} ms alone`);
  for (const [index, time] of others.entries()) {
    console.log(`  ${variants[index + 1].name}: +${(time - alone).toFixed(2)} ms, × ${(time / alone).toFixed(2)}`);
  }
}

try {
  execFileSync("make", ["-s", "-C", native, `BUILD=${at("build")}`], { stdio: "inherit" });
  mkdirSync(at("register"));
  writeFileSync(at("start.c"), "void _start(void) { for (;;); }\n");
  writeFileSync(at("main.c"), "int main(void) { return 0; }\n");
  for (const name of ["start", "main"]) execFileSync("gcc", ["-c", "-o", at(`${name}.o`), at(`${name}.c`)]);

  const bin = at("build/bin");
  const settings = [
    { name: "stamped" },
    { name: "opted out", env: { OGRT_LD_OFF: "1" } },
    { name: "deterministic", env: { OGRT_LD_DETERMINISTIC: "1" } },
    { name: "registered", env: { OGRT_LD_REGISTER: at("register") } },
  ];
  const trivial = ["-o", at("out"), at("start.o")];
  compare("one object, by ld", [
    { command: ["ld", ...trivial] },
    ...settings.map((setting) => ({ ...setting, command: [join(bin, "ld"), ...trivial] })),
  ]);
  const program = ["-o", at("out"), at("main.o")];
  compare("a C program, by gcc", [
    { command: ["gcc", ...program] },
    ...settings.map((setting) => ({ ...setting, command: ["gcc", "-B", bin, ...program] })),
  ]);
} finally {
  rmSync(folder, { recursive: true });
}
