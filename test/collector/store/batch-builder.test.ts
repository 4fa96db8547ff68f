import { afterEach, describe, expect, it, vi } from "vitest";
import type { CollectedRecord } from "../../../lib/collector/frames/record.js";
import { TimeSlice } from "../../../lib/collector/shared/time-slice.js";
import { BatchBuilder } from "../../../lib/collector/store/main/batch-builder.js";
import type { Known } from "../../../lib/collector/store/protocol.js";
import type { VerifyFinding } from "../../../lib/verify/index.js";
import { NOTHING_KNOWN, valuesOf } from "../../support/batch.js";
import { freshUuid } from "../../support/toolchain.js";
import { processStart } from "../../wire/samples.js";

const NUMBERS = { object: 10, finding: 20, objectList: 0, textList: 0, sequence: 0 };
const builder = (known: Known = NOTHING_KNOWN) => new BatchBuilder(NUMBERS, known);

const object = (path: string) => ({ path, signatures: [], buildId: undefined, soname: undefined });
const finding = (buildId?: string): VerifyFinding => ({
  verdict: "unsigned",
  reason: undefined,
  compared: undefined,
  onDisk: buildId === undefined ? undefined : { signatures: [], buildId },
});

function start(path: string, found: VerifyFinding): CollectedRecord {
  const message = processStart({ program: object(path), objects: [] });
  return { kind: "start", message, uuid: freshUuid(), receivedAt: 0, program: found, objects: [], conflicts: [] };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a batch", () => {
  it("holds an object once, with each finding on it once", async () => {
    const found = [finding("aa"), finding("bb"), finding("aa"), finding()];
    const batch = await builder().build(found.map((each) => start("/bin/a", each)));
    expect(valuesOf(batch, "object", "path")).toEqual(["/bin/a"]);
    expect(valuesOf(batch, "finding", "id")).toEqual([21, 22, 23]);
    expect(valuesOf(batch, "process", "program")).toEqual([21, 22, 21, 23]);
  });

  it("holds nothing that the store holds, and again what was forgotten", async () => {
    const objects = [{ id: 1, ...object("/bin/a") }];
    const findings = [{ id: 2, object: 1, ...finding("aa") }];
    const again = builder({ ...NOTHING_KNOWN, objects, findings });
    const first = await again.build([start("/bin/a", finding("aa"))]);
    expect(valuesOf(first, "process", "program")).toEqual([2]);
    expect([first.tables.object, first.tables.finding]).toEqual([undefined, undefined]);
    again.forget();
    expect(valuesOf(await again.build([start("/bin/a", finding("aa"))]), "object", "id")).toEqual([11]);
  });

  it("remembers the newest findings on an object that changes again and again", async () => {
    const own = builder();
    const builds = Array.from({ length: 20 }, (_, i) => `${i}`);
    await own.build(builds.map((build) => start("/bin/a", finding(build))));
    const batch = await own.build(["19", "12", "0"].map((build) => start("/bin/a", finding(build))));
    expect(valuesOf(batch, "process", "program")).toEqual([40, 33, 41]);
    expect(batch.tables.object).toBeUndefined();
  });

  it("is built in slices, between which the event loop turns", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += 3));
    const pause = vi.spyOn(TimeSlice.prototype, "pause");
    const records = Array.from({ length: 100 }, (_, i) => start(`/bin/${i}`, finding()));
    expect(valuesOf(await builder().build(records), "object", "path")).toHaveLength(100);
    // Each look at the clock takes 3 ms here: a slice of 10 ms has three records.
    expect(pause.mock.calls.length).toBe(25);
  });
});
