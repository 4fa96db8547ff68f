import { groupBy } from "../../shared/group-by.js";
import { lastAmendments } from "../database/amendments.js";
import { rows, uuidOf } from "../database/rows.js";
import { type EndRow, endOf, objectOf, processOf } from "../database/shapes.js";
import type { EndJson, ProcessJson } from "../frames/json.js";
import { replacedImages } from "./exec.js";
import { readObjectLists, readTextLists } from "./lists.js";
import {
  type FoundProcesses,
  findParts,
  findProcesses,
  isLocated,
  type Location,
  locationValues,
  type ProcessQuery,
  withDisorder,
} from "./process-rows.js";
import type { Context } from "./question.js";

/** A stored process with its lists. */
export interface ProcessRecord extends ProcessJson {
  /** Lengths of the whole lists. The lists of a truncated answer may be shorter. */
  counts: { modules: number; environment: number; objects: number };
  /** Null while the process runs, or when it sent no end record. */
  end: EndJson | null;
  /** The UUID of the image that this one replaced by exec. */
  execOf: string | null;
}

export interface ProcessRecords {
  readonly processes: ProcessRecord[];
  /** True when processes or elements of their lists were left out, because the answer would have been too large. */
  readonly truncated: boolean;
}

/** Reads the selected processes with their lists. */
export async function readRecords({ connection, naming }: Context, query: ProcessQuery): Promise<ProcessRecords> {
  const selected = await findProcesses(connection, query);
  if (selected === undefined) return { processes: [], truncated: false };
  const { found } = selected;
  const partsOf = groupBy(await findParts(connection, selected), uuidOf, ({ objects }) => objects);
  const endsOf = groupBy(await findEnds(connection, selected), uuidOf);
  const replaced = await replacedImages(connection, selected);
  const parts = found.map((row) => {
    const uuid = uuidOf(row);
    return { row, uuid, lists: [row.objects, ...(partsOf.get(uuid) ?? [])], end: endsOf.get(uuid) };
  });
  // In the order in which the lists are handed out below.
  const objects = await readObjectLists(
    connection,
    parts.flatMap(({ lists, end = [] }) => [...lists, ...end.map((row) => row.objects)]),
    naming,
  );
  const texts = await readTextLists(
    connection,
    found.flatMap((row) => [row.modules, row.environment]),
  );
  const processes = parts.map(({ row, uuid, lists, end }) => {
    const own = lists.map(() => objects.next());
    const [modules, environment] = [texts.next(), texts.next()];
    return {
      ...processOf(row, uuid),
      program: objectOf(row, naming),
      modules: modules.elements,
      environment: environment.elements,
      objects: own.flatMap(({ elements }) => elements),
      counts: {
        modules: modules.total,
        environment: environment.total,
        objects: own.reduce((sum, { total }) => sum + total, 0),
      },
      end: end === undefined ? null : endOf(end, () => objects.next().elements),
      execOf: replaced.get(uuid) ?? null,
    };
  });
  return { processes, truncated: selected.truncated || objects.truncated || texts.truncated };
}

/** The end records of processes. An end may be stored long after its start, but only little before it. */
async function findEnds(connection: Context["connection"], { uuids, range }: FoundProcesses): Promise<EndRow[]> {
  const locations = await rows<Location>(
    connection,
    `SELECT rowid AS row, sequence FROM process_end
    WHERE uuid IN (SELECT unnest($uuids)) AND sequence >= $first::BIGINT`,
    { uuids, first: withDisorder(range).first },
  );
  return rows<EndRow>(
    connection,
    `SELECT e.* EXCLUDE (ended, received) REPLACE (coalesce(v.objects, e.objects) AS objects), epoch_ns(e.ended) AS ended_ns
    FROM process_end e LEFT JOIN (${lastAmendments("record = 'end' AND uuid IN (SELECT unnest($uuids))")}) v
      ON v.uuid = e.uuid AND v.part = e.part
    WHERE ${isLocated("e")} ORDER BY e.part`,
    { ...(await locationValues(locations)), uuids },
  );
}
