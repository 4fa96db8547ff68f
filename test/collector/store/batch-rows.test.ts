import { join } from "node:path";
import { expect, it } from "vitest";
import { loadEngine } from "../../../lib/collector/database/engine.js";
import { BatchRows } from "../../../lib/collector/store/main/batch-rows.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();
const NO_FACTS = { records: 0, sequence: 0, first: 0, last: 0 };
const TEXTS = [
  "",
  "a",
  "twelve bytes",
  "thirteen byte",
  "ü".repeat(6),
  "ü".repeat(7),
  "名".repeat(4),
  "🚀🚀🚀",
  "x".repeat(9000),
  '"\\x00\\\\',
];
const at = (index: number) => TEXTS[index % TEXTS.length] as string;

it("rows reach the engine unchanged: every type, NULL, long and short texts, more rows than a chunk has", async () => {
  const { appends, rows, end } = await openStore(join(folder, "rows.duckdb"));
  const uuids = [
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
    "0123abcd-4567-89ef-fedc-ba9876543210",
  ];
  const batch = new BatchRows();
  const made = Array.from({ length: 5000 }, (_, index) => ({
    uuid: uuids[index % uuids.length] as string,
    started: [0n, -(2n ** 63n) + 2n, 2n ** 63n - 2n, 1_790_000_000_123_456_789n][index % 4] as bigint,
    // Some columns begin late, end early, or never have a value.
    job: index % 3 === 0 ? undefined : at(index),
    user_name: index === 4999 ? "last" : undefined,
    uid: index < 10 ? 4_294_967_295 : undefined,
    pid: [-2_147_483_648, 2_147_483_647, 0][index % 3] as number,
    arguments: Array.from({ length: index % 7 }, (_, position) => at(index + position)),
    sequence: BigInt(index),
  }));
  for (const row of made) batch.append("process", row as never);
  batch.append("process_end", { unloaded_objects: 2n ** 64n - 1n, user_time: -(2n ** 63n) } as never);
  batch.append("finding", { id: 1, disk_signatures: ["one"], verdict: "changed" } as never);
  batch.append("finding", { id: 2, disk_signatures: [] } as never);
  batch.append("finding", { id: 3 } as never);
  await appends.append(batch.take(NO_FACTS), 1);
  const { DuckDBTimestampNanosecondsValue } = await loadEngine();
  expect(
    await rows(
      "SELECT uuid, epoch_ns(started), job, user_name, uid, pid, arguments, sequence, host FROM process ORDER BY sequence",
    ),
  ).toEqual(
    made.map(({ uuid, started, job, user_name, uid, pid, arguments: texts, sequence }) => [
      uuid,
      `${new DuckDBTimestampNanosecondsValue(started).nanos}`,
      job ?? null,
      user_name ?? null,
      uid ?? null,
      pid,
      texts,
      `${sequence}`,
      null,
    ]),
  );
  expect(await rows("SELECT unloaded_objects, user_time, uuid FROM process_end")).toEqual([
    [`${2n ** 64n - 1n}`, `${-(2n ** 63n)}`, null],
  ]);
  expect(await rows("SELECT id, disk_signatures, verdict FROM finding ORDER BY id")).toEqual([
    [1, ["one"], "changed"],
    [2, [], null],
    [3, null, null],
  ]);
  await end();
});

it("values that their column cannot hold are refused, and the next batch has nothing of theirs", async () => {
  const batch = new BatchRows();
  for (const row of [{ pid: 2 ** 31 }, { pid: 1.5 }, { uid: -1 }, { uid: 2 ** 32 }, { started: 2n ** 63n }]) {
    expect(() => batch.append("process", row as never)).toThrow(RangeError);
  }
  expect(() => batch.append("process_end", { unloaded_objects: -1n } as never)).toThrow(RangeError);
  batch.clear();
  expect(batch.take(NO_FACTS).tables).toEqual({});
});
