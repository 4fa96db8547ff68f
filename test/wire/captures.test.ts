import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeDatagram, MessageDecoder } from "../../lib/wire/index.js";

const directory = fileURLToPath(new URL("../../test-fixtures/frames/", import.meta.url));
const names = readdirSync(directory)
  .filter((name) => name.endsWith(".frame"))
  .map((name) => name.slice(0, -".frame".length));

describe("frames of a deployed client", () => {
  it.each(names)("%s decodes as with another protobuf implementation", (name) => {
    const golden = JSON.parse(readFileSync(`${directory}${name}.json`, "utf8"));
    const frame = decodeDatagram(readFileSync(`${directory}${name}.frame`));
    if (typeof frame === "string") throw new Error(frame);
    expect(frame.type).toBe(golden.type);
    expect(frame.payload.length).toBe(golden.length);

    const message = new MessageDecoder().decode(frame);
    if (typeof message === "string" || message.type !== "process-start") throw new Error(JSON.stringify(message));
    const { message: fields } = golden;
    expect(message).toEqual({
      type: "process-start",
      uuid: undefined,
      time: { nanoseconds: BigInt(fields.time) * 1_000_000_000n, precision: 1_000_000_000n },
      job: fields.job_id === "UNKNOWN" ? undefined : fields.job_id,
      user: fields.username,
      uid: undefined,
      gid: undefined,
      host: fields.hostname,
      pid: fields.pid,
      parentPid: fields.parent_pid,
      workingDirectory: fields.cwd,
      arguments: fields.arguments ?? [],
      commandLine: fields.cmdline,
      environment: fields.environment_variables ?? [],
      modules: (fields.loaded_modules ?? []).map(({ name }: { name: string }) => name),
      program: {
        path: fields.binpath,
        signatures: fields.signature ? [fields.signature] : [],
        buildId: undefined,
        soname: undefined,
      },
      objects: (fields.shared_objects ?? []).map(({ path, signature }: { path: string; signature?: string }) => ({
        path,
        signatures: signature ? [signature] : [],
        buildId: undefined,
        soname: undefined,
      })),
      effectiveUid: undefined,
      effectiveGid: undefined,
      placement: {},
      container: undefined,
      libraryPath: undefined,
      preload: undefined,
      omitted: undefined,
      part: undefined,
      firstSignatureOnly: true,
    });
  });

  it("exist", () => expect(names.length).toBeGreaterThanOrEqual(7));
});
