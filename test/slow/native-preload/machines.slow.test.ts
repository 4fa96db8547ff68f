import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { builtLibrary, folder as preload, variant } from "../../native-preload/support/library.js";
import { MODES, matrix } from "../../native-preload/support/matrix.js";
import { observe, only } from "../../native-preload/support/observe.js";
import type { Message } from "../../native-preload/support/schema.js";
import { stampSource } from "../../native-preload/support/stamp.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run, source } from "../../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();
const harm = await matrix(library, folder);
afterAll(() => harm.close());

const uuid = "12345678-9abc-4def-8123-456789abcdef";
source(folder, "stamp.s", stampSource(uuid));
source(
  folder,
  "main.c",
  `#include <stdio.h>
   #include <stdlib.h>
   int main(int argc, char **argv) {
     for (int i = 1; i < argc; i++) printf("%s\\n", argv[i]);
     printf("%d\\n", rand());
     return argc;
   }`,
);

function checkStart(start: Message, program: string): void {
  expect(basename(String(start.binpath))).toBe(program);
  expect(String(start.signature)).toBe(uuid);
  expect(start.arguments.slice(1).map(String)).toEqual(["one", "two words"]);
  expect(start.uid).toBe(process.getuid?.());
  expect(Math.abs(Number(start.time) - Date.now())).toBeLessThan(600_000);
  expect(start.shared_objects.length).toBeGreaterThan(1);
  expect(start.uuid[6] >> 4).toBe(4);
}

describe("musl, with the same binary as glibc", () => {
  it.for(MODES)("%s", async (mode, context) => {
    if (!have("musl-gcc")) {
      console.warn("skipped: musl: musl-gcc is not installed (Debian: musl-tools)");
      return context.skip();
    }
    run("musl-gcc", "-o", at("musl"), at("main.c"), at("stamp.s"));
    harm.check({ name: "musl", command: [at("musl"), "one", "two words"] }, mode);
    run("musl-gcc", "-w", "-o", at("witness"), join(import.meta.dirname, "../../native-preload/programs/witness.c"));
    for (const what of [
      "state",
      "rand",
      "clearenv",
      "environment",
      "no-descriptors",
      "fork",
      "exec",
      "_exit",
      "abort",
    ]) {
      harm.check({ name: `musl: ${what}`, command: [at("witness"), what] }, mode);
    }
    const closed = ["/bin/sh", "-c", 'exec 9>&1; exec "$0" state <&- >&- 2>&-', at("witness")];
    harm.check({ name: "musl: standard streams closed", command: closed }, mode);
    const script = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$0" rand', at("witness")];
    harm.check({ name: "musl: no /proc", command: script }, mode);
    if (mode !== "on") return;
    const { starts, ends } = await observe([at("musl"), "one", "two words"], { library });
    checkStart(only(starts), "musl");
    expect(ends).toHaveLength(1);
    const many = Array.from({ length: 900 }, (_, i) => `${i}`.padEnd(400, "m"));
    const large = only((await observe([at("musl"), ...many], { library })).starts);
    expect(large.arguments.slice(1).map(String)).toEqual(many.slice(0, large.arguments.length - 1));
    expect(large.omitted.arguments + large.arguments.length).toBe(901);
  });
});

/** Names of the machine in qemu and of its tools in Debian. */
const targets: [string, string][] = [
  ["aarch64", "aarch64-linux-gnu"],
  ["arm", "arm-linux-gnueabihf"],
  ["i386", "i686-linux-gnu"],
  ["ppc64le", "powerpc64le-linux-gnu"],
  ["riscv64", "riscv64-linux-gnu"],
  ["s390x", "s390x-linux-gnu"],
];

describe("needs at most 1 KB of stack at start and end, by its call graph", () => {
  it.for(["", ...targets.map(([, prefix]) => prefix)])("%s", (prefix, context) => {
    if (!have(`${prefix === "" ? "" : `${prefix}-`}gcc`)) {
      console.warn(`skipped: ${prefix}-gcc is not installed`);
      return context.skip();
    }
    const settings = [`BUILD=${at(`stack-${prefix}`)}`, ...(prefix === "" ? [] : [`CROSS_COMPILE=${prefix}-`])];
    expect(run("make", "-s", "-C", preload, "stack", ...settings)).toMatch(
      /^\d+ bytes: at_start .*\n\d+ bytes: at_end /,
    );
  });
});

describe("cross-built, under qemu-user", () => {
  it.for(targets)("%s", async ([machine, prefix], context) => {
    if (!have(`${prefix}-gcc`) || !have(`qemu-${machine}`)) {
      console.warn(`skipped: ${machine}: ${prefix}-gcc or qemu-${machine} is not installed`);
      return context.skip();
    }
    const cross = variant(at(machine), `CROSS_COMPILE=${prefix}-`);
    const program = at(`main-${machine}`);
    run(`${prefix}-gcc`, "-o", program, at("main.c"), at("stamp.s"));
    const symbols = run("readelf", "--dyn-syms", "-W", cross).split("\n");
    for (const line of symbols.filter((text) => / UND \w/.test(text))) expect(line).toContain(" WEAK ");
    expect(run("readelf", "-dW", cross)).not.toMatch(/NEEDED|TEXTREL/);

    const emulated = (...environment: string[]): string[] => [
      `qemu-${machine}`,
      "-L",
      `/usr/${prefix}`,
      ...environment.flatMap((entry) => ["-E", entry]),
      program,
      "one",
      "two words",
    ];
    const without = await observe(emulated(), { library: "", inactive: true });
    // The shell passes the server of `observe` to the emulated program, but not the preload library to the emulator.
    const command = ["/bin/sh", "-c", 'server=$OGRT_SERVER; exec env -u LD_PRELOAD "$0" -E OGRT_SERVER="$server" "$@"'];
    const tracked = await observe([...command, ...emulated(`LD_PRELOAD=${cross}`, "OGRT_ACTIVE=1")], {
      library: "",
      inactive: true,
    });
    expect([tracked.status, tracked.stdout, tracked.stderr.toString()]).toEqual([without.status, without.stdout, ""]);
    checkStart(only(tracked.starts), basename(program));
    expect(tracked.ends).toHaveLength(1);
  });
});
