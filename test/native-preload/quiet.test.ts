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

/** Says what its descriptors are, so that one that was left open or moved shows. */
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

describe("the library stays out of the way", () => {
  it.each<[string, Record<string, string>]>([
    ["without OGRT_ACTIVE", {}],
    ["with OGRT_ACTIVE=0", { OGRT_ACTIVE: "0" }],
    ["with OGRT_ACTIVE empty", { OGRT_ACTIVE: "" }],
    ["with OGRT_ACTIVE=10", { OGRT_ACTIVE: "10" }],
    ["with a variable that only starts like it", { OGRT_ACTIVE1: "1", OGRT_ACTIV: "1" }],
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

  it("does not mind a collector that is not there", async () => {
    const { status, stdout, stderr } = await observe(["/bin/echo", "hello"], { library, dead: true });
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "hello\n", ""]);
  });

  it.each(["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "", "<&- 2>&-"])(
    "leaves the descriptors alone: sh %s",
    async (closed) => {
      const output = join(folder, "open");
      const script = `exec "$0" "$1" ${closed}`;
      spawnSync("/bin/sh", ["-c", script, descriptors, output]);
      const without = readFileSync(output, "utf8");
      const { status, starts } = await observe(["/bin/sh", "-c", script, descriptors, output], { library });
      expect(status).toBe(0);
      expect(starts.map((start) => String(start.binpath))).toContain(descriptors);
      // Standard streams that the test did not close are pipes in one run and other pipes in the other: both open.
      expect(readFileSync(output, "utf8")).toBe(without);
    },
  );

  it("runs programs that are killed, abort or leave by _exit; their start record stands alone", async () => {
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
