import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";
import { builtLibrary } from "./support/library.js";
import { buildObjects } from "./support/objects.js";
import { observe, only } from "./support/observe.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();
const programs = join(import.meta.dirname, "programs");
const STACK_BYTES = 1024;

const compilers = ["gcc", "musl-gcc"].filter(have);
for (const compiler of compilers) {
  run(compiler, "-O1", "-w", "-o", at(`${compiler}-ending`), join(programs, "ending.c"), "-pthread");
}

describe.each(compilers)("a program of %s that ends", (compiler) => {
  const ending = at(`${compiler}-ending`);

  it.runIf(process.arch === "x64")(`leaves ${STACK_BYTES} bytes of stack to the library at start and end`, async () => {
    const program = at(`${compiler}-small-stack`);
    run(compiler, "-O1", "-w", "-o", program, join(programs, "small-stack.c"), "-ldl");
    const { status, stdout, starts, ends } = await observe([program, library, String(STACK_BYTES)], {
      library: "",
      environment: { OGRT_ACTIVE: "0" },
    });
    expect([status, starts.length, ends.length]).toEqual([0, 1, 1]);
    const used = stdout.toString().trim().split("\n").map(Number);
    for (const bytes of used) expect(bytes).toBeGreaterThan(0);
  });

  it.each(["signal-stack", "smallest-signal-stack", "unmapped-vdso", "raw-clone"])(
    "by %s sends one start and one end record",
    async (kind) => {
      const { status, signal, starts, ends } = await observe([ending, kind], { library });
      expect([status, signal, starts.length, ends.length]).toEqual([42, null, 1, 1]);
      expect(only(ends).uuid).toEqual(only(starts).uuid);
      // The lock of musl is not recursive, and the end may be in a signal handler.
      expect(only(ends).unloaded_objects).toBe(compiler === "gcc" ? "0" : undefined);
    },
  );

  it("by two calls of exit at once sends at most one end record", async () => {
    /* glibc before 2.41 lets the second thread end the process while the first one still runs destructors. */
    const { status, starts, ends } = await observe([ending, "two-exits"], { library });
    expect([status, starts.length, ends.length <= 1]).toEqual([42, 1, true]);
  });

  it("sends one end record although a child in another pid namespace has its pid", async (context) => {
    if (spawnSync("unshare", ["-rpf", "true"]).status !== 0) {
      console.warn("skipped: this machine does not allow pid namespaces (unshare -rpf)");
      return context.skip();
    }
    const { status, starts, ends } = await observe(["unshare", "-rpf", ending, "pid-namespace"], { library });
    const own = starts.filter((start) => String(start.binpath) === ending);
    expect([status, own.length, only(own).pid]).toEqual([42, 1, 1]);
    expect(ends.filter((end) => end.uuid.equals(only(own).uuid))).toHaveLength(1);
  });
});

describe("objects that are loaded after the start", () => {
  const objects = (compiler: string) => at(`${compiler}-objects`);
  for (const compiler of compilers) buildObjects(objects(compiler), compiler);

  it.runIf(process.arch === "x64")("are listed where a dl_iterate_phdr of the program hides all", async () => {
    const program = join(objects("gcc"), "hides-all");
    const { status, starts, ends } = await observe([program, "hidden"], { library, cwd: objects("gcc") });
    const names = (list: { path: Buffer }[]) => list.map(({ path }) => basename(String(path)));
    const start = only(starts);
    expect([status, names(only(ends).loaded_objects)]).toEqual([42, ["two.so"]]);
    const shown = await observe([join(objects("gcc"), "objects"), "none"], { library, cwd: objects("gcc") });
    expect(start.shared_objects).toEqual(only(shown.starts).shared_objects);
    expect(start.build_id.toString("hex")).toBe(/Build ID: (\w+)/.exec(run("readelf", "-nW", program))?.[1]);
  });

  it.each(["swapped", "swapped-by-object", "namespace"])("are listed: %s", async (kind) => {
    const options = { library, cwd: objects("gcc") };
    const { status, ends } = await observe([join(objects("gcc"), "objects"), kind], options);
    const paths = only(ends).loaded_objects.map((object: { path: Buffer }) => basename(String(object.path)));
    expect([status, paths.includes("two.so")]).toEqual([42, true]);
  });

  it.each(compilers)(
    "are listed without a dl_iterate_phdr of the program, which needs its constructors and data: %s",
    async (compiler) => {
      const options = { library, cwd: objects(compiler) };
      const { status, signal, starts, ends } = await observe(
        [join(objects(compiler), "hides-later"), "hidden"],
        options,
      );
      expect([status, signal]).toEqual([42, null]);
      expect(only(starts).shared_objects.length).toBeGreaterThan(1);
      const end = only(ends);
      expect(end.loaded_objects.map((object: { path: Buffer }) => basename(String(object.path)))).toContain("two.so");
      expect(end.unloaded_objects).toBeUndefined();
    },
  );

  it("are listed without the lock of the loader", async () => {
    const { status, ends } = await observe([at("gcc-ending"), "held-loader"], { library });
    expect([status, ends.length]).toEqual([42, 1]);
  });
});

describe("a program that may have set a seccomp filter since the start", () => {
  const late = at("sandbox-late");
  const now = at("sandbox-now");
  for (const [program, option] of [
    [late, "lazy"],
    [now, "now"],
  ]) {
    run("gcc", "-O1", "-w", `-Wl,-z,${option}`, "-o", program ?? "", join(programs, "sandbox.c"), "-pthread");
  }

  it.each([
    ["sends no end record after it has called prctl", late, "errno", 0],
    ["sends one if it has not called it", late, "none", 1],
    ["sends none if the loader bound prctl at the start, as that call is not seen", now, "none", 0],
  ])("%s", async (_, program, kind, count) => {
    const { status, starts, ends } = await observe([program, kind], { library });
    expect([status, starts.length, ends.length]).toEqual([5, 1, count]);
  });

  it.runIf(have("strace"))("makes no system call at the end", () => {
    const tracked = ["-E", `LD_PRELOAD=${library}`, "-E", "OGRT_ACTIVE=1", "-E", "OGRT_SERVER=udp://127.0.0.1:9"];
    const calls = (...options: string[]) => {
      const { stderr } = spawnSync("strace", [...options, late, "errno"], { encoding: "utf8" });
      return Array.from(
        stderr
          .split("seccomp(")
          .at(-1)
          ?.matchAll(/^(\w+)\(/gm) ?? [],
        ([, name]) => name,
      );
    };
    expect(calls(...tracked)).toEqual(calls());
    expect(calls()).toContain("exit_group");
  });
});

describe("a library that exports the symbols of another libc", () => {
  it.runIf(compilers.includes("musl-gcc"))("changes nothing, with tracking off and on", async () => {
    source(folder, "compat.c", 'const char *gnu_get_libc_version(void) { return "2.8"; }\n');
    source(folder, "hello.c", '#include <stdio.h>\nint main(void) { puts("hi"); return 0; }\n');
    run("musl-gcc", "-shared", "-fPIC", "-o", at("libcompat.so"), at("compat.c"));
    run("musl-gcc", "-o", at("hello"), at("hello.c"));
    for (const inactive of [true, false]) {
      const options = { library: `${at("libcompat.so")}:${library}`, inactive };
      const { status, stdout, starts } = await observe([at("hello"), "a", "b"], options);
      expect([status, stdout.toString(), starts.length]).toEqual([0, "hi\n", inactive ? 0 : 1]);
      if (!inactive) expect(only(starts).arguments.map(String)).toEqual([at("hello"), "a", "b"]);
    }
  });
});

describe("a library that exports the variable by which glibc tells whether there are threads", () => {
  it.each(compilers)("is not believed, in a program of %s", async (compiler) => {
    source(folder, "flag.c", "char __libc_single_threaded = 1;\n");
    run(compiler, "-shared", "-fPIC", "-o", at(`libflag-${compiler}.so`), at("flag.c"));
    const preloaded = `${at(`libflag-${compiler}.so`)}:${library}`;
    const { status, ends } = await observe([at(`${compiler}-ending`), "held-loader"], { library: preloaded });
    expect([status, only(ends).unloaded_objects]).toEqual([42, undefined]);
  });
});

describe("a constructor that runs before that of the library", () => {
  it.each(compilers)("may set variables or replace the environment: %s", async (compiler) => {
    source(
      folder,
      "early.c",
      `#include <stdlib.h>
       extern char **environ;
       __attribute__((constructor)) static void early(void) {
         setenv("EARLY", "1", 1);
         if (getenv("EMPTY")) { static char *none[1]; environ = none; }
         if (getenv("NULL")) environ = NULL;
       }
       int early_function(void) { return 0; }`,
    );
    source(folder, "late.c", "int early_function(void);\nint main(void) { return early_function(); }\n");
    run(compiler, "-shared", "-fPIC", "-o", at(`libearly-${compiler}.so`), at("early.c"));
    run(compiler, "-o", at(`late-${compiler}`), at("late.c"), at(`libearly-${compiler}.so`));
    const command = [at(`late-${compiler}`), "one", "two"];
    const { status, starts, ends } = await observe(command, { library });
    expect([status, starts.length, ends.length]).toEqual([0, 1, 1]);
    expect(only(starts).arguments.map(String)).toEqual(command);
    for (const name of ["EMPTY", "NULL"]) {
      expect((await observe(command, { library, environment: { [name]: "1" } })).status).toBe(0);
    }
  });
});
