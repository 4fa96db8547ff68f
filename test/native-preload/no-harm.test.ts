import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { builtLibrary } from "./support/library.js";
import { type Hazard, MODES, matrix } from "./support/matrix.js";
import { buildObjects, HIDDEN } from "./support/objects.js";
import { observe } from "./support/observe.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();
const harm = await matrix(library, folder);
afterAll(() => harm.close());

const programs = join(import.meta.dirname, "programs");
for (const name of ["witness", "confine", "allocator", "ending", "sandbox"]) {
  run("gcc", "-O1", "-w", "-o", at(name), join(programs, `${name}.c`), "-pthread", "-ldl");
}
run("gcc", "-O1", "-w", "-Wl,-z,now", "-fno-plt", "-o", at("sandbox-now"), join(programs, "sandbox.c"), "-pthread");
const withLibrary = ["-DWITH_LIBSECCOMP", join(programs, "sandbox.c"), "-pthread", "-l:libseccomp.so.2"];
const hasLibseccomp = spawnSync("gcc", ["-O1", "-w", "-o", at("sandbox-library"), ...withLibrary]).status === 0;
if (!hasLibseccomp) console.warn("skipped: libseccomp: libseccomp.so.2 is not installed");
const hasStatic =
  spawnSync("gcc", ["-O1", "-w", "-static", "-o", at("static"), join(programs, "allocator.c")]).status === 0;
if (!hasStatic) console.warn("skipped: statically linked programs: no static libc is installed");
copyFileSync(at("witness"), at("large"));
truncateSync(at("large"), 1 << 30);
source(folder, "nolibc.c", "void _start(void) { for (;;) __builtin_trap(); }\n");
run("gcc", "-nostdlib", "-pie", "-fPIE", "-o", at("nolibc"), at("nolibc.c"));

const many = Array.from({ length: 300 }, (_, index) => `libmany${index}.so`);
source(folder, "many.c", "int many;\n");
run("gcc", "-shared", "-fPIC", "-nostdlib", "-o", at("libmany0.so"), at("many.c"));
for (const name of many.slice(1)) copyFileSync(at("libmany0.so"), at(name));
source(folder, "main.c", "int main(void) { return 17; }\n");
run(
  "gcc",
  "-o",
  at("with-many"),
  at("main.c"),
  `-L${folder}`,
  "-Wl,--no-as-needed",
  ...many.map((n) => `-l:${n}`),
  `-Wl,-rpath,${folder}`,
);

writeFileSync(at("script"), '#!/bin/sh\necho script "$@"\n');
chmodSync(at("script"), 0o755);
const witness = at("witness");
const loader = /program interpreter: (.*)\]/.exec(run("readelf", "-lW", witness))?.[1] ?? "";
const shell = (script: string): string[] => ["/bin/sh", "-c", script, witness, witness];
const closed = (which: string): string[] => shell(`exec 9>&1; exec "$0" state ${which}`);

/** Programs whose objects are not those of the start, and libraries that export what libcs do. */
function objectHazards(compiler: string): Hazard[] {
  const cwd = at(`${compiler}-objects`);
  buildObjects(cwd, compiler);
  const libc = compiler === "gcc" ? "" : "musl: ";
  const hazard = (name: string, program: string, kind: string): Hazard => ({
    name: `${libc}${name}`,
    command: [join(cwd, program), kind],
    cwd,
  });
  const foreign = join(cwd, "libforeign.so");
  return [
    hazard("an object of an early constructor, swapped 101 times", "objects", "swapped"),
    hazard("objects swapped by the constructor of another", "objects", "swapped-by-object"),
    ...HIDDEN.map((what) => hazard(`a dl_iterate_phdr of the program hides: ${what}`, `hides-${what}`, "hidden")),
    {
      ...hazard("a library that exports symbols of libcs", "objects", "swapped"),
      environment: { LD_PRELOAD: foreign },
      library: `${foreign}:${library}`,
    },
    ...(libc === ""
      ? [
          hazard("objects of dlmopen", "objects", "namespace"),
          hazard("exit by the libc of a dlmopen namespace", "objects", "namespace-exit"),
        ]
      : []),
  ];
}

const hazards: Hazard[] = [
  {
    name: "errno, locale, umask, signals, descriptors, limits, timers, threads when main starts",
    command: [witness, "state", "x"],
  },
  { name: "standard input closed", command: closed("<&-") },
  { name: "standard output closed", command: closed(">&-") },
  { name: "standard error closed", command: closed("2>&-") },
  { name: "all three closed", command: closed("<&- >&- 2>&-") },
  { name: "unseeded rand()", command: [witness, "rand"] },
  { name: "clearenv(), then a walk of the old environment", command: [witness, "clearenv"] },
  { name: "environment and arguments overwritten", command: [witness, "environment", "a", "b"] },
  { name: "every descriptor closed, 0 to 2 reused", command: [witness, "close", at("reused")], file: at("reused") },
  { name: "no descriptor available at exit", command: [witness, "no-descriptors"] },
  { name: "RLIMIT_NOFILE of 4", command: [at("confine"), "files", "4", witness, "state"] },
  { name: "a 256 KB stack", command: [at("confine"), "stack", "262144", witness, "state"] },
  { name: "a 128 KB stack", command: [at("confine"), "stack", "131072", witness, "state"] },
  { name: "seccomp forbids sockets", command: [at("confine"), "seccomp", "socket", witness, "state"] },
  {
    name: "seccomp refuses the system calls of the library",
    command: [at("confine"), "seccomp", "all", witness, "rand"],
  },
  { name: "seccomp kills for what the program does not need", command: [at("sandbox"), "kill-process"] },
  { name: "seccomp kills the thread", command: [at("sandbox"), "kill-thread"] },
  { name: "seccomp by another thread, for all", command: [at("sandbox"), "another-thread"] },
  { name: "seccomp in strict mode", command: [at("sandbox"), "strict"] },
  { name: "seccomp, bound at the start", command: [at("sandbox-now"), "kill-process"] },
  ...(hasLibseccomp ? [{ name: "libseccomp", command: [at("sandbox-library"), "library"] }] : []),
  { name: "started by ld.so", command: [loader, witness, "rand"] },
  { name: "started by ld.so --argv0", command: [loader, "--argv0", "other", witness, "rand"] },
  { name: "no executable stack", command: [witness, "maps"] },
  { name: "a program with its own malloc", command: [at("allocator")] },
  ...(hasStatic ? [{ name: "statically linked", command: [at("static")] }] : []),
  { name: "dynamic without a libc", command: [at("nolibc")] },
  { name: "threads calling dlopen at exit", command: [witness, "threads"] },
  { name: "exit from another thread", command: [witness, "exit-from-thread"] },
  { name: "exit on an 8 KB signal stack", command: [at("ending"), "signal-stack"] },
  { name: "exit on the smallest signal stack", command: [at("ending"), "smallest-signal-stack"] },
  { name: "exit from two threads", command: [at("ending"), "two-exits"] },
  { name: "exit while another thread holds the loader", command: [at("ending"), "held-loader"] },
  { name: "an unmapped vDSO", command: [at("ending"), "unmapped-vdso"] },
  { name: "a storm of posix_spawn and vfork", command: [witness, "spawn", "/bin/true"] },
  { name: "a storm of fork without exec", command: [witness, "fork"] },
  { name: "a chain of exec", command: [witness, "exec"] },
  { name: "_exit", command: [witness, "_exit"] },
  { name: "quick_exit", command: [witness, "quick_exit"] },
  { name: "abort", command: [witness, "abort"] },
  { name: "SIGSEGV", command: [witness, "segv"] },
  { name: "SIGKILL", command: [witness, "kill"] },
  { name: "an alarm across exec", command: [witness, "alarm"] },
  { name: "an executable of 1 GB", command: [at("large"), "state"] },
  { name: "a script", command: [at("script"), "a b"] },
  {
    name: "a megabyte of arguments",
    command: [witness, "count", ...Array.from({ length: 16 }, () => "a".repeat(65_000))],
  },
  { name: "50,000 arguments", command: [witness, "count", ...Array.from({ length: 50_000 }, (_, i) => `${i}`)] },
  {
    name: "a megabyte of environment",
    command: [witness, "state"],
    environment: Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`OMP_LARGE_${i}`, "e".repeat(65_000)])),
  },
  {
    name: "a loader path of 100 KB",
    command: [witness, "rand"],
    environment: { LD_LIBRARY_PATH: "/opt/software/lib:".repeat(5000) },
  },
  { name: "300 shared objects", command: [at("with-many")] },
  { name: "a program started by env -i", command: ["/usr/bin/env", "-i", witness, "rand"] },
  ...["gcc", "musl-gcc"].filter(have).flatMap(objectHazards),
  { name: "a pipeline in a shell", command: ["/bin/sh", "-c", "printf 'b\\na\\n' | sort | tr a-z A-Z; exit 7"] },
];

describe.each(MODES)("with the library %s, a program behaves as it does without:", (mode) => {
  it.each(hazards.map((hazard) => [hazard.name, hazard] as const))("%s", (_, hazard) => harm.check(hazard, mode));

  it("no /proc", (context) => {
    const command = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$0" rand', witness];
    if (spawnSync(command[0] ?? "", command.slice(1)).status !== 0) {
      console.warn("skipped: no /proc: this machine does not allow private mounts (unshare -rm)");
      return context.skip();
    }
    harm.check({ name: "no /proc", command }, mode);
  });

  it("C++: constructors, exceptions and destructors", (context) => {
    if (!have("g++")) {
      console.warn("skipped: C++: g++ is not installed");
      return context.skip();
    }
    const program = at("exceptions");
    source(
      folder,
      "exceptions.cc",
      `#include <cstdio>
       struct Global { Global() { puts("made"); } ~Global() { puts("gone"); } } global;
       int main() { try { throw 5; } catch (int value) { return value; } }`,
    );
    if (mode === MODES[0]) run("g++", "-o", program, at("exceptions.cc"));
    harm.check({ name: "C++ constructors, exceptions, destructors", command: [program] }, mode);
  });

  it("set-uid", (context) => {
    if (process.getuid?.() !== 0 || !have("setpriv")) {
      console.warn("skipped: set-uid: needs root and setpriv");
      return context.skip();
    }
    const program = at("set-uid");
    chmodSync(folder, 0o711);
    copyFileSync(witness, program);
    chmodSync(program, 0o4755);
    harm.check({ name: "set-uid", command: ["setpriv", "--reuid", "65534", "--clear-groups", program, "rand"] }, mode);
  });
});

describe("what is sent", () => {
  it("never includes the seed of the stack protector", async () => {
    const { stdout, frames } = await observe([witness, "random"], { library });
    expect(stdout).toHaveLength(32);
    for (const { payload } of frames) expect(payload.toString("hex")).not.toContain(stdout.toString());
  });

  it("includes the start record of a process that is killed", async () => {
    for (const way of ["kill", "abort", "segv", "_exit", "quick_exit"]) {
      const { starts, ends } = await observe([witness, way], { library });
      expect([way, starts.length, ends.length]).toEqual([way, 1, 0]);
    }
  });

  it("is one record for each image of an exec chain and for each spawned process", async () => {
    expect((await observe([witness, "exec"], { library })).starts).toHaveLength(3);
    const storm = await observe([witness, "spawn", "/bin/true"], { library });
    expect([storm.starts.length, storm.ends.length]).toEqual([121, 121]);
    const forks = await observe([witness, "fork"], { library });
    expect([forks.starts.length, forks.ends.length]).toEqual([1, 1]);
  });

  it("includes the size of a large executable", async () => {
    const { starts } = await observe([at("large"), "rand"], { library });
    expect(starts[0].binpath_size).toBe(String(1 << 30));
  });

  it("is complete with 300 shared objects", async () => {
    const { status, starts } = await observe([at("with-many")], { library });
    expect(status).toBe(17);
    expect(starts[0].shared_objects.length).toBeGreaterThan(300);
  });
});
