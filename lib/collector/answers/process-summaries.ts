import { groupBy } from "../../shared/group-by.js";
import { integerList, listOf, rows, uuidOf } from "../database/rows.js";
import { objectOf, processOf } from "../database/shapes.js";
import type { ProcessJson } from "../frames/json.js";
import { readTextLists } from "./lists.js";
import { type FoundRow, findParts, findProcesses, type ProcessQuery } from "./process-rows.js";
import type { Context } from "./question.js";

/** A process without its long lists. */
interface ProcessSummary extends Omit<ProcessJson, "environment" | "objects"> {
  /** Number of the process's shared objects with each verdict. */
  verdicts: Record<string, number>;
}

export interface ProcessSummaries {
  readonly processes: ProcessSummary[];
  /** Sequence of the last process. */
  readonly lastSequence: bigint | undefined;
  /** True when processes or modules were left out, because the answer would have been too large. */
  readonly truncated: boolean;
}

/** Reads the selected processes, with their modules, and counts the verdicts on their objects. */
export async function readSummaries({ connection, naming }: Context, query: ProcessQuery): Promise<ProcessSummaries> {
  const selected = await findProcesses(connection, query);
  if (selected === undefined) return { processes: [], lastSequence: undefined, truncated: false };
  const { found } = selected;
  const partsOf = groupBy(await findParts(connection, selected), uuidOf, ({ objects }) => objects);
  const listsOf = (row: FoundRow) => [row.objects, ...(partsOf.get(uuidOf(row)) ?? [])];
  const counted = await rows<{ list: number; verdict: string; objects: number }>(
    connection,
    `SELECT l.list, f.verdict, count(*)::INTEGER AS objects FROM object_list l JOIN finding f ON f.id = l.finding
    WHERE l.list IN (SELECT unnest($lists)) GROUP BY ALL ORDER BY f.verdict`,
    { lists: await integerList(new Set(found.flatMap(listsOf))) },
  );
  const countsOf = groupBy(counted, listOf);
  const verdictsOf = (row: FoundRow) => {
    const verdicts: Record<string, number> = {};
    for (const { verdict, objects } of listsOf(row).flatMap((list) => countsOf.get(list) ?? [])) {
      verdicts[verdict] = (verdicts[verdict] ?? 0) + objects;
    }
    return verdicts;
  };
  const modules = await readTextLists(
    connection,
    found.map((row) => row.modules),
  );
  const processes = found.map((row) => ({
    ...processOf(row, uuidOf(row)),
    program: objectOf(row, naming),
    modules: modules.next().elements,
    verdicts: verdictsOf(row),
  }));
  const lastSequence = found.at(-1)?.sequence ?? 0n;
  return { processes, lastSequence, truncated: selected.truncated || modules.truncated };
}
