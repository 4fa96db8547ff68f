import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { builtLibrary } from "./support/library.js";
import { observe } from "./support/observe.js";

const folder = temporaryFolder();
const library = builtLibrary();

/** Prints which descriptors are open, to detect a leaked or moved one. */
const descriptors = join(folder, "descriptors");
source(
  folder,
  "descriptors.c",
  `#include <fcntl.h>
   #include <stdio.h>
   int main(int argc, char **argv) {
     (void)argc;
     FILE *out = fopen(argv[1], "w");
     for (int fd = 0; fd < 64; fd++) if (fd != fileno(out)) fprintf(out, "%d", fcntl(fd, F_GETFD) >= 0);
     return fclose(out) != 0;
   }`,
);
run("gcc", "-o", descriptors, join(folder, "descriptors.c"));

describe("the library does not disturb programs", () => {
  it.each<[string, Record<string, string>]>([
    ["without OGRT_ACTIVE", {}],
    ["with OGRT_ACTIVE=0", { OGRT_ACTIVE: "0" }],
    ["with OGRT_ACTIVE empty", { OGRT_ACTIVE: "" }],
    ["with OGRT_ACTIVE=10", { OGRT_ACTIVE: "10" }],
    ["with variables of similar names", { OGRT_ACTIVE1: "1", OGRT_ACTIV: "1" }],
  ])("sends nothing %s", async (_, environment) => {
    const { status, stdout, stderr, frames } = await observe(["/bin/echo", "hello"], {
      library,
      inactive: true,
      environment,
    });
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "hello\n", ""]);
    expect(frames).toEqual([]);
  });

  it.each([
    "localhost:7971",
    "udp://localhost:7971",
    "udp://",
    "udp://1.2.3:4",
    "udp://1.2.3.4:",
    "udp://1.2.3.4:99999",
    "udp://1.2.3.4.5:1",
    "udp://[::1",
    "udp://[1:2:3:4:5:6:7:8:9]:1",
    "udp://[1::2::3]:1",
    "unix://relative",
    `unix:///${"x".repeat(200)}`,
    "",
  ])("does nothing when the server is %j", async (server) => {
    const { status, stderr, frames } = await observe(["/bin/true"], { library, environment: { OGRT_SERVER: server } });
    expect([status, stderr.toString(), frames.length]).toEqual([0, "", 0]);
  });

  it("does no harm without a collector", async () => {
    const { status, stdout, stderr } = await observe(["/bin/echo", "hello"], { library, dead: true });
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "hello\n", ""]);
  });

  it.each(["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "", "<&- 2>&-"])(
    "leaves the descriptors unchanged: sh %s",
    async (closed) => {
      const output = join(folder, "open");
      const script = `exec "$0" "$1" ${closed}`;
      spawnSync("/bin/sh", ["-c", script, descriptors, output]);
      const without = readFileSync(output, "utf8");
      const { status, starts } = await observe(["/bin/sh", "-c", script, descriptors, output], { library });
      expect(status).toBe(0);
      expect(starts.map((start) => String(start.binpath))).toContain(descriptors);
      // The output only says which descriptors are open, because the pipes differ between the two runs.
      expect(readFileSync(output, "utf8")).toBe(without);
    },
  );

  it("lets programs be killed, abort or call _exit; these send no end record", async () => {
    source(
      folder,
      "leave.c",
      `#include <signal.h>
       #include <stdlib.h>
       #include <unistd.h>
       int main(int argc, char **argv) {
         (void)argc;
         if (argv[1][0] == 'k') raise(SIGKILL);
         if (argv[1][0] == 'a') abort();
         if (argv[1][0] == 'q') quick_exit(9);
         _exit(8);
       }`,
    );
    const leave = join(folder, "leave");
    run("gcc", "-o", leave, join(folder, "leave.c"));
    for (const [way, status, signal] of [
      ["kill", null, "SIGKILL"],
      ["abort", null, "SIGABRT"],
      ["quick", 9, null],
      ["exit", 8, null],
    ] as const) {
      const seen = await observe([leave, way], { library });
      expect([way, seen.status, seen.signal, seen.starts.length, seen.ends.length]).toEqual([
        way,
        status,
        signal,
        1,
        0,
      ]);
    }
  });
});
