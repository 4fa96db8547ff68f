import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { encodeMessage, FRAME_HEADER_SIZE } from "../../lib/wire/index.js";
import { object, processStart } from "../wire/samples.js";

const file = fileURLToPath(new URL("legacy.proto", import.meta.url));
const schema = new protobuf.Root().loadSync(file, { keepCase: true });
const ProcessInfo = schema.lookupType("legacy.ProcessInfo");

describe("a server that only knows the old fields", () => {
  it("reads a process start with all required fields", () => {
    const stamp = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";
    const second = "11111111-2222-3333-4444-555555555555";
    const frame = encodeMessage(
      processStart({
        time: { nanoseconds: 1_795_315_661_123_456_789n, precision: 1n },
        program: object("/bin/app", [stamp, second], "00ff"),
        objects: [object("/lib/a.so", [stamp], "aa"), object("/lib/b.so")],
        omitted: { arguments: 1, environment: 0, objects: 0, modules: 0, signatures: 0 },
      }),
    );
    const message = ProcessInfo.decode(frame.subarray(FRAME_HEADER_SIZE));
    expect(ProcessInfo.toObject(message, { longs: Number })).toEqual({
      binpath: "/bin/app",
      pid: 4242,
      parent_pid: 1,
      time: 1_795_315_661_123,
      signature: stamp,
      job_id: "4711",
      username: "alice",
      hostname: "node1",
      environment_variables: ["LANG=C"],
      arguments: ["/usr/bin/true", "--help"],
      shared_objects: [{ path: "/lib/a.so", signature: stamp }, { path: "/lib/b.so" }],
      loaded_modules: [{ name: "gcc/12.2" }],
      cwd: "/home/alice",
    });
  });
});
