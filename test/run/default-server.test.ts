import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtLibrary } from "../native-preload/support/library.js";
import { temporaryFolder } from "../support/folder.js";
import { becomeOther, cannotBecomeOthers, OTHER_UID } from "../support/other-user.js";
import { toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const PROGRAMS = [
  ["in C", [join(builtLibrary(), "../ogrt-run")]],
  ["of Node.js", [process.execPath, toolPath("ogrt-run")]],
] as const;
const LISTENER = `
  const socket = require("node:dgram").createSocket("udp4");
  socket.bind(7971, "0.0.0.0", () => console.log("ready"));
`;
/** Starts a listener on the default port in a network of its own, then runs the other arguments. */
const BESIDE_LISTENER = `
  : > "$3"
  "$1" -e "$2" > "$3" & listener=$!
  until grep -q ready "$3"; do sleep 0.1; done
  shift 3
  "$@"; status=$?
  kill $listener
  exit $status
`;

function besideListener(listener: string, ...command: string[]) {
  const args = ["--net", "sh", "-c", BESIDE_LISTENER, "sh", process.execPath, listener, join(folder, "ready")];
  const env = { PATH: process.env["PATH"] };
  const { status, stdout, stderr } = spawnSync("unshare", [...args, ...command], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

describe.skipIf(cannotBecomeOthers).each(PROGRAMS)("the ogrt-run %s", (_, program) => {
  it("reports nothing to another user who has the default port, and says what to do", () => {
    const sentence =
      `udp://127.0.0.1:7971: this default server belongs to another user (uid ${OTHER_UID}), who would learn what ` +
      "the command runs; name a server with --server or OGRT_SERVER";
    expect(besideListener(becomeOther(LISTENER), ...program, "--", "echo", "started")).toEqual({
      status: 3,
      stdout: "",
      stderr: `ogrt-run: ${sentence}\n`,
    });
  });

  it("reports to another user whom it is told to report to", () => {
    const named = ["--server", "udp://127.0.0.1:7971", "--", "echo", "started"];
    expect(besideListener(becomeOther(LISTENER), ...program, ...named)).toMatchObject({
      status: 0,
      stdout: "started\n",
    });
  });

  it.each([
    ["this user", LISTENER],
    ["a service", `process.setuid(42); ${LISTENER}`],
  ])("reports to %s on the default port", (_, listener) => {
    const started = besideListener(listener, ...program, "--", "echo", "started");
    expect(started).toEqual({ status: 0, stdout: "started\n", stderr: "" });
  });
});
