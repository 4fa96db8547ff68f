import { expect, it } from "vitest";
import { isoTime, type StreamedProcess } from "../../../lib/collector/frames/json.js";
import type { StartRecord } from "../../../lib/collector/frames/record.js";
import { streamedText } from "../../../lib/collector/stream/text.js";
import type { VerifyFinding } from "../../../lib/verify/index.js";
import { object, processStart } from "../../wire/samples.js";

const naming = { version: 0, names: (signature: string) => (signature === "s1" ? ["zlib 1.3"] : []) };
const unsigned: VerifyFinding = { verdict: "unsigned", reason: undefined, compared: undefined, onDisk: undefined };
const hostile = 'quote " backslash \\\\ line\nbreak \u0001 \u2028 ü 名 </script> 🚀';

function record(fields: Parameters<typeof processStart>[0], findings: readonly VerifyFinding[]): StartRecord {
  const message = processStart(fields);
  return {
    kind: "start",
    message: { ...message, type: "process-start" } as StartRecord["message"],
    uuid: "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61",
    receivedAt: 1_790_000_000_007,
    program: unsigned,
    objects: findings,
    conflicts: [],
  };
}

const parse = (pieces: readonly [string, Buffer]) => JSON.parse(pieces.join("")) as StreamedProcess;

it("is valid JSON for any texts", () => {
  const message = parse(
    streamedText(
      record(
        {
          job: hostile,
          host: hostile,
          user: hostile,
          workingDirectory: hostile,
          arguments: [hostile, "", "plain"],
          environment: [`A=${hostile}`],
          modules: [hostile],
          program: object(hostile),
          objects: [object(hostile, ["s1"])],
          part: { index: 1, totalObjects: 9 },
        },
        [
          {
            verdict: "changed",
            reason: undefined,
            compared: "mismatch",
            onDisk: { signatures: [], buildId: undefined },
          },
        ],
      ),
      naming,
    ),
  );
  expect(message).toMatchObject({
    type: "process",
    received: "2026-09-21T14:13:20.007000000Z",
    job: hostile,
    claimed: { user: hostile, host: hostile },
    workingDirectory: hostile,
    arguments: [hostile, "", "plain"],
    environment: [`A=${hostile}`],
    modules: [hostile],
    program: { path: hostile, verdict: "unsigned", reason: null, onDisk: null },
    objects: [
      { path: hostile, software: ["zlib 1.3"], verdict: "changed", compared: "mismatch", onDisk: { buildId: null } },
    ],
    part: { index: 1, totalObjects: 9 },
  });
});

it("has null for unknown values, and empty lists", () => {
  const bare = record({ job: undefined, arguments: [], environment: [], modules: [], objects: [] }, []);
  const message = parse(streamedText(bare, naming));
  expect(message).toMatchObject({
    job: null,
    commandLine: null,
    arguments: [],
    environment: [],
    modules: [],
    objects: [],
    part: null,
    conflicts: [],
  });
  expect(JSON.stringify(message)).not.toContain("undefined");
});

it("renders cached objects again when their findings or the names of software change", () => {
  const objects = [object("/lib/a.so", ["s1"])];
  const findings: readonly VerifyFinding[] = [{ ...unsigned, verdict: "verified" }];
  const first = record({ objects }, findings);
  expect(parse(streamedText(first, naming)).objects[0]).toMatchObject({ verdict: "verified", software: ["zlib 1.3"] });
  const renamed = { version: 1, names: () => ["zlib-ng 2.1"] };
  expect(parse(streamedText(first, renamed)).objects[0]).toMatchObject({ software: ["zlib-ng 2.1"] });
  const other = record({ objects }, [{ ...unsigned, verdict: "missing" }]);
  expect(parse(streamedText(other, renamed)).objects[0]).toMatchObject({ verdict: "missing" });
});

it.each([
  [-2n, "1969-12-31T23:59:59.999999998Z"],
  [-1_000_000_000n, "1969-12-31T23:59:59.000000000Z"],
  [1n, "1970-01-01T00:00:00.000000001Z"],
  [999_999_999n, "1970-01-01T00:00:00.999999999Z"],
  [1_000_000_000n, "1970-01-01T00:00:01.000000000Z"],
  [1_790_000_000_123_456_789n, "2026-09-21T14:13:20.123456789Z"],
  [2n ** 63n - 2n, "2262-04-11T23:47:16.854775806Z"],
])("%s nanoseconds are %s", (nanoseconds, text) => {
  expect(isoTime(nanoseconds)).toBe(text);
});
