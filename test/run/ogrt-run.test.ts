import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtLibrary } from "../native-preload/support/library.js";
import { observe } from "../native-preload/support/observe.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { tool, toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const library = builtLibrary();
const runner = [process.execPath, toolPath("ogrt-run")];

/** A program that prints when it is ready for a signal, and then the signal it got. */
const waiter = join(folder, "waiter");
source(
  folder,
  "waiter.c",
  `#include <signal.h>
   #include <stdio.h>
   #include <unistd.h>
   int main(void) {
     sigset_t all;
     int got;
     sigfillset(&all);
     sigprocmask(SIG_BLOCK, &all, NULL);
     if (write(1, "ready\\n", 6) != 6 || sigwait(&all, &got) != 0) return 1;
     printf("%d\\n", got);
     return 6;
   }`,
);
run("gcc", "-o", waiter, join(folder, "waiter.c"));

const plain = { library: "", inactive: true } as const;

describe("ogrt-run", () => {
  it("reports the command and its children to the named server, under the named job", async () => {
    // `observe` provides the socket. Only ogrt-run can make the processes report to it.
    const { status, stdout, stderr, starts } = await observe(
      [...runner, "--job", "demo 1", "--", "/bin/sh", "-c", "/bin/echo out; exit 5"],
      plain,
    );
    expect([status, stdout.toString(), stderr.toString()]).toEqual([5, "out\n", ""]);
    expect(starts.map((start) => [String(start.job_id), String(start.arguments[0])])).toEqual([
      ["demo 1", "/bin/sh"],
      ["demo 1", "/bin/echo"],
    ]);
  });

  it("passes the command's options to the command, also without --", async () => {
    const { status, stdout } = await observe([...runner, "/bin/echo", "--job", "-x"], plain);
    expect([status, stdout.toString()]).toEqual([0, "--job -x\n"]);
  });

  it("prints the absolute path of the library", () => {
    expect(tool("ogrt-run", "--preload-path")).toMatchObject({ status: 0, stdout: `${library}\n`, stderr: "" });
  });

  it("dies by the signal that killed the command", async () => {
    const { status, signal } = await observe([...runner, "/bin/sh", "-c", "kill -TERM $$"], plain);
    expect([status, signal]).toEqual([null, "SIGTERM"]);
    const killed = await observe([...runner, "/bin/sh", "-c", "kill -KILL $$"], plain);
    expect(killed.signal).toBe("SIGKILL");
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1"] as const)("forwards %s to the command", async (signal) => {
    const child = spawn(process.execPath, [toolPath("ogrt-run"), waiter], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.on("data", (bytes: Buffer) => {
      output += String(bytes);
    });
    while (!output.includes("ready") && child.exitCode === null) {
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    }
    child.kill(signal);
    const [status] = await once(child, "close");
    expect([status, output]).toEqual([6, `ready\n${constants.signals[signal]}\n`]);
  });

  it("passes arguments and environment unchanged, byte by byte", () => {
    // Through a shell, because Node.js cannot pass such arguments.
    const script = `NAME=$(printf 'a\\377b') exec "$0" "$1" -- sh -c 'printf "%s %s" "$1" "$NAME"' sh "$(printf '\\377\\376')"`;
    const { status, stdout } = spawnSync("sh", ["-c", script, process.execPath, toolPath("ogrt-run")]);
    expect(status).toBe(0);
    expect([...stdout]).toEqual([0xff, 0xfe, 0x20, 0x61, 0xff, 0x62]);
  });

  it("passes on all descriptors, and of its own at most /dev/null", () => {
    const text = join(folder, "text-for-7");
    writeFileSync(text, "seven\n");
    const list = `for fd in /proc/$$/fd/*; do [ "\${fd##*/}" -gt 2 ] && echo "\${fd##*/} $(readlink "$fd" | tr -d 0-9)"; done; read -r line <&7; echo "$line"; read -r line <&4; echo "$line"`;
    writeFileSync(join(folder, "list.sh"), `${list}\n`);
    const launched = (...command: string[]) =>
      spawnSync("bash", ["-c", `exec 7<'${text}' 12</dev/null 4< <(echo pipe); "$@"`, "bash", ...command], {
        encoding: "utf8",
      }).stdout;
    const command = ["bash", join(folder, "list.sh")];
    const lines = (text: string) => text.split("\n").filter((line) => !/^\d+ \/dev\/null$/.test(line));
    const [plain, run] = [launched(...command), launched(...runner, "--", ...command)];
    expect(lines(run)).toEqual(lines(plain));
    for (const output of [plain, run]) expect(output).toMatch(/^12 \/dev\/null$.*^seven\npipe\n$/ms);
  });

  it("leaves make its jobserver", () => {
    source(folder, "outer.mk", "all:\n\t+@$(RUN) $(MAKE) -s -f inner.mk\n");
    source(folder, "inner.mk", "all: a b\na b:\n\t@echo $@\n");
    const { stdout, stderr } = spawnSync("make", ["-j4", "-s", "-f", "outer.mk", `RUN=${runner.join(" ")} --`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ lines: stdout.trim().split("\n").sort(), stderr }).toEqual({ lines: ["a", "b"], stderr: "" });
  });

  it("leaves a pipe on standard input blocking while it forwards signals", async () => {
    const child = spawn(
      "sh",
      [
        "-c",
        `(sleep 1; echo late) | "$0" "$1" -- sh -c 'trap "" USR1; kill -USR1 $PPID; cat'`,
        process.execPath,
        toolPath("ogrt-run"),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (output += String(bytes)));
    const [status] = await once(child, "close");
    expect([status, output]).toEqual([0, "late\n"]);
  });

  it("exits with 126 or 127, as shells do, when the command cannot be run", () => {
    const text = join(folder, "text");
    writeFileSync(text, "no program\n");
    expect(tool("ogrt-run", "--", "no-such-command-here")).toMatchObject({
      status: 127,
      stderr: "ogrt-run: no-such-command-here: not found\n",
    });
    expect(tool("ogrt-run", "--", text)).toMatchObject({ status: 126 });
    expect(tool("ogrt-run", "--", "/bin/ls/x")).toMatchObject({
      status: 126,
      stderr: "ogrt-run: /bin/ls/x: Not a directory\n",
    });
    expect(tool("ogrt-run", "--", "x".repeat(5000)).status).toBe(126);
    expect(tool("ogrt-run", "--", "").status).toBe(127);
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0 });
    const environment = { ...process.env, PATH: `${closed}:${process.env["PATH"]}` };
    const searched = spawnSync(process.execPath, [toolPath("ogrt-run"), "--", "no-such-command-here"], {
      env: environment,
    });
    expect(searched.status).toBe(127);
  });

  it("exits with 2 for a wrong command line", () => {
    expect(tool("ogrt-run")).toMatchObject({ status: 2, stdout: "" });
    expect(tool("ogrt-run", "--server", "nonsense", "true")).toMatchObject({
      status: 2,
      stderr: "ogrt-run: the server 'nonsense' is not of the form udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH\n",
    });
  });

  it.each(["--job-start", "--job-end"])("refuses %s of a job without an id, as from an unset variable", (option) => {
    const { status, stderr } = tool("ogrt-run", "--server", "udp://127.0.0.1:9", option, "");
    expect([status, stderr.split("\n")[0]]).toEqual([2, "error: --job-start and --job-end need the id of a job"]);
  });

  it("uses the library that OGRT_PRELOAD names, and reports an unusable one", () => {
    const other = join(folder, "other.so");
    copyFileSync(library, other);
    const withPreload = (path: string) =>
      spawnSync(process.execPath, [toolPath("ogrt-run"), "--preload-path"], {
        encoding: "utf8",
        env: { ...process.env, OGRT_PRELOAD: path },
      });
    expect(withPreload(other).stdout).toBe(`${other}\n`);
    expect(withPreload(join(folder, "absent.so"))).toMatchObject({ status: 3, stdout: "" });
    const spaced = join(folder, "a b");
    mkdirSync(spaced);
    copyFileSync(library, join(spaced, "libogrt.so"));
    expect(withPreload(join(spaced, "libogrt.so"))).toMatchObject({ status: 3 });
  });
});
