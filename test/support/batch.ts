import type { Batch } from "../../lib/collector/database/batch.js";
import { TABLES, type TableName } from "../../lib/collector/database/schema.js";
import { BatchBuilder } from "../../lib/collector/store/main/batch-builder.js";
import type { Known } from "../../lib/collector/store/protocol.js";

export const NOTHING_KNOWN: Known = { gaps: [], objects: [], findings: [], objectLists: [], textLists: [] };
export const NO_NUMBERS = { object: 0, finding: 0, objectList: 0, textList: 0, sequence: 0 };

/** A batch of job events that get the sequences after one. */
export function jobEvents(events: readonly { job: string; receivedAt: number }[], after = 0): Promise<Batch> {
  return new BatchBuilder({ ...NO_NUMBERS, sequence: after }, NOTHING_KNOWN).build(
    events.map(({ job, receivedAt }) => ({
      kind: "job",
      message: { type: "job-start", job, time: { nanoseconds: 1n, precision: 1n } },
      receivedAt,
    })),
  );
}

/** The values of a column of a batch that holds numbers or texts; none when the batch has no rows of the table. */
export function valuesOf({ tables, texts }: Batch, table: TableName, name: string): (number | string | undefined)[] {
  const types: Record<string, string> = TABLES[table];
  const rows = tables[table];
  if (rows === undefined) return [];
  const values = rows.columns[Object.keys(types).indexOf(name)];
  if (values === undefined) return Array(rows.rows).fill(undefined);
  const { buffer } = values.bytes;
  const numbers = types[name] === "INTEGER" ? new Int32Array(buffer) : new Uint32Array(buffer);
  return Array.from(numbers, (value, row) => {
    if (((values.valid?.[row >> 3] ?? 0xff) & (1 << (row & 7))) === 0) return undefined;
    return types[name] === "VARCHAR" ? texts[value - 1] : value;
  });
}
