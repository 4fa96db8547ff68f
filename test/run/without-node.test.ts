import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtLibrary } from "../native-preload/support/library.js";
import { temporaryFolder } from "../support/folder.js";
import { toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const library = builtLibrary();
const program = join(library, "../ogrt-run");
const node = [process.execPath, toolPath("ogrt-run")];
/** Neither a variable of this test nor Node.js in PATH, unless asked for. */
const bare = { PATH: "/usr/bin:/bin" };
const launch = (command: string[], environment: Record<string, string> = bare) => {
  const [tool = "", ...args] = command;
  const { status, stdout, stderr } = spawnSync(tool, args, {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    // bash reads .bashrc when its standard input is a socket.
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr };
};
const inShell = (script: string, ...args: string[]) => launch(["bash", "-c", script, "bash", ...args]);

describe("the ogrt-run that needs no Node.js for numeric servers", () => {
  it.each([
    [[]],
    [["--server", "udp://10.0.0.5:7971", "--job", "4711"]],
    [["--server=tcp://10.0.0.5", "--job=a b"]],
    [["--server", "udp://[::1]", "--"]],
    [["--server", "udp://[fe80::1]:65535"]],
    [["--server", "unix:///run/ogrt.sock", "--"]],
  ])("sets the same variables as that of Node.js: %j", (options) => {
    for (const LD_PRELOAD of ["", library, "/nonexistent.so"]) {
      const environment = { ...bare, LD_PRELOAD, OGRT_SERVER: "udp://10.0.0.7:1", OTHER: "x" };
      // env(1) must not load the library that does not exist with a message.
      const [own, other] = [[program], node].map((run) => launch([...run, ...options, "env"], environment).stdout);
      const lines = (text = "") => text.split("\n").filter((line) => !line.startsWith("_="));
      expect(lines(own).sort()).toEqual(lines(other).sort());
      expect(own).toMatch(`LD_PRELOAD=${library}`);
    }
  });

  it("starts the command where the address space is too small for Node.js", () => {
    const limited = 'ulimit -v 60000; "$0" -- /bin/echo started'.replace("$0", program);
    expect(inShell(limited)).toEqual({ status: 0, stdout: "started\n", stderr: "" });
  });

  it("starts the command where few descriptors are allowed, and passes on those there are", () => {
    writeFileSync(join(folder, "text"), "line\n");
    const script = 'ulimit -n 16; exec 7<text 12</dev/null; "$@" bash -c "ls /proc/self/fd | wc -w; head -n1 <&7"';
    expect(inShell(script, program)).toEqual(inShell(script));
    expect(inShell(script, program).stdout).toMatch(/^\d+\nline\n$/);
  });

  it("becomes the command, so that its pid and its ending are those of the command", () => {
    expect(inShell('"$@" sh -c "kill -KILL \\$\\$"; echo $?', program).stdout).toBe("137\n");
    expect(inShell('"$@" sh -c "exit 5" & wait $!', program).status).toBe(5);
  });

  it("keeps variables that a shell would drop, such as exported functions", () => {
    const strange = { ...bare, "BASH_FUNC_module%%": "() { echo function; }", "a.b": "c" };
    expect(launch([program, "--", "env"], strange).stdout).toMatch(/^BASH_FUNC_module%%=\(\) \{ echo function; \}$/m);
    expect(launch([program, "bash", "-c", "module"], strange).stdout).toBe("function\n");
  });

  it("exits with 126 or 127, as that of Node.js", () => {
    writeFileSync(join(folder, "no-program"), "text\n");
    for (const command of ["no-such-command-here", "./no-program", "/bin/ls/x", "x".repeat(5000), ""]) {
      expect(launch([program, "--", command])).toEqual(launch([...node, "--", command]));
    }
  });

  it("leaves everything else to that of Node.js", () => {
    const withNode = { ...bare, PATH: `${join(process.execPath, "..")}:${bare.PATH}` };
    const others = [
      ["--help"],
      ["--preload-path"],
      [],
      ["--server", "nonsense", "true"],
      ["--server", "udp://[::1", "true"],
      ["--server", "udp://1.2.3.4:65536", "true"],
      ["--server", "udp://1.2.3.4:0", "true"],
      ["--server", "unix://relative", "true"],
      ["--server", "udp://localhost", "echo", "resolved"],
      ["--no-such-option", "true"],
      ["--job"],
    ];
    for (const args of others)
      expect(launch([program, ...args], withNode)).toEqual(launch([...node, ...args], withNode));
  });
});
