import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { builtLibrary, variant } from "./support/library.js";
import { observe, only } from "./support/observe.js";
import type { Message } from "./support/schema.js";
import { stampSource } from "./support/stamp.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();
const pluginId = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";

source(folder, "stamp.s", stampSource(pluginId));
source(folder, "plugin.c", "int plugin(void) { return 1; }\n");
run("gcc", "-shared", "-fPIC", "-Wl,-soname,plugin.so.3", "-o", at("plugin.so"), at("plugin.c"), at("stamp.s"));
run("gcc", "-shared", "-fPIC", "-o", at("passing.so"), at("plugin.c"));
source(
  folder,
  "main.c",
  `#include <dlfcn.h>
   #include <stdlib.h>
   #include <sys/wait.h>
   #include <unistd.h>
   int main(int argc, char **argv) {
     if (argc < 2) return 0;
     for (volatile long i = 0; i < 30000000; i++) { }
     if (dlopen("${at("plugin.so")}", RTLD_NOW) == NULL) return 1;
     void *passing = dlopen("${at("passing.so")}", RTLD_NOW);
     if (passing == NULL || dlclose(passing) != 0) return 1;
     pid_t child = fork();
     if (child == 0) exit(argv[1][0] == 'f' ? 3 : 0);
     int status;
     return waitpid(child, &status, 0) != child;
   }`,
);
run("gcc", "-o", at("main"), at("main.c"), "-ldl");
source(
  folder,
  "threads.c",
  `#include <dlfcn.h>
   #include <pthread.h>
   #include <unistd.h>
   static void *run(void *wait) { if (wait) pause(); return NULL; }
   int main(int argc, char **argv) {
     pthread_t thread;
     const int waits = argv[1][0] == 'r';
     if (pthread_create(&thread, NULL, run, waits ? argv : NULL) != 0) return 1;
     if (!waits) pthread_join(thread, NULL);
     void *passing = dlopen("${at("passing.so")}", RTLD_NOW);
     if (passing == NULL || dlclose(passing) != 0) return 1;
     return dlopen("${at("plugin.so")}", RTLD_NOW) == NULL;
   }`,
);
run("gcc", "-w", "-o", at("threads"), at("threads.c"), "-ldl", "-pthread");
const text = (bytes: Buffer | undefined): string | undefined => bytes?.toString("latin1");

describe("the end record", () => {
  it("has the uuid, pid and time of the start record", async () => {
    const { starts, ends } = await observe([at("main")], { library });
    const start = only(starts);
    const end = only(ends);
    expect(end.uuid).toEqual(start.uuid);
    expect([end.pid, end.start_time, end.start_time_ns]).toEqual([start.pid, start.time, start.time_ns]);
    expect(BigInt(end.time_ns)).toBeGreaterThanOrEqual(BigInt(start.time_ns));
    expect(BigInt(end.time)).toBe(BigInt(end.time_ns) / 1_000_000n);
    expect(end.loaded_objects).toEqual([]);
    expect(end.unloaded_objects).toBe("0");
  });

  it("has the resource usage of the process", async () => {
    const end = only((await observe([at("main"), "x"], { library })).ends);
    expect(Number(end.ru_utime) + Number(end.ru_stime)).toBeGreaterThan(0);
    expect(Number(end.ru_maxrss)).toBeGreaterThan(500);
    expect(Number(end.ru_minflt)).toBeGreaterThan(10);
    expect(Number(end.children_maxrss)).toBeGreaterThan(100);
  });

  it("lists the objects of dlopen since the start, with signature, build-id and soname", async () => {
    const end = only((await observe([at("main"), "x"], { library })).ends);
    const plugin = only(end.loaded_objects as Message[]);
    expect([text(plugin.path), text(plugin.signature), text(plugin.soname)]).toEqual([
      at("plugin.so"),
      pluginId,
      "plugin.so.3",
    ]);
    expect(plugin.build_id.toString("hex")).toBe(/Build ID: (\w+)/.exec(run("readelf", "-nW", at("plugin.so")))?.[1]);
    expect(end.unloaded_objects).toBe("1");
  });

  it.each([
    ["says how many objects were unloaded, also after threads have ended", "ended", "1"],
    ["does not say it while another thread runs, which may hold the lock of the loader", "running", undefined],
  ])("%s", async (_, kind, unloaded) => {
    const { status, ends } = await observe([at("threads"), kind], { library });
    expect([status, only(ends).unloaded_objects]).toEqual([0, unloaded]);
    expect(only(ends).loaded_objects.map(({ path }: Message) => text(path))).toEqual([at("plugin.so")]);
  });

  it("comes only from the process that sent the start record, not from its forks", async () => {
    const { starts, ends, status } = await observe([at("main"), "fork"], { library });
    expect([status, starts.length, ends.length]).toEqual([0, 1, 1]);
  });

  it("lists the extension modules of a Python program", async (context) => {
    const python = await observe(["python3", "-c", "import ctypes, sqlite3"], { library }).catch(() => undefined);
    if (python === undefined || python.status !== 0) {
      console.warn("skipped: no python3 with ctypes and sqlite3");
      return context.skip();
    }
    const loaded = python.ends.flatMap((end) => end.loaded_objects.map(({ path }: Message) => basename(String(path))));
    expect(loaded.some((name) => name.startsWith("_ctypes"))).toBe(true);
  });

  it("can be disabled at compile time", async () => {
    const { starts, ends } = await observe([at("main")], { library: variant(at("without"), "WITHOUT=end") });
    expect([starts.length, ends.length]).toEqual([1, 0]);
  });
});
