/*
 * Amendments in SQL. A record's own row keeps the verdicts with which it was stored; the last amendment of the record, if
 * there is one, holds those that count. Objects stay the same: only the findings on them differ.
 */

/**
 * A query for the last amendments: `uuid`, `record`, `part`, `program` and `objects`.
 *
 * @param where - a condition on rows of `amendment`, which keeps the query from reading all of them.
 */
export const lastAmendments = (where: string): string => `
  SELECT uuid, record, part, arg_max(program, sequence) AS program, arg_max(objects, sequence) AS objects
  FROM amendment WHERE ${where} GROUP BY uuid, record, part`;

/** The condition that a row of `amendment` belongs to the first frame of a start, whose verdicts are those of `process`. */
export const OF_PROCESS = "record = 'start' AND part = 0";

/** Joins the last amendment `v` of each process `p`. @param where - as in {@link lastAmendments}. */
export const joinAmendments = (where: string): string =>
  `LEFT JOIN (${lastAmendments(`${OF_PROCESS} AND ${where}`)}) v ON v.uuid = p.uuid`;

/** Finding on the executable of a process `p`, and its list of findings, where {@link joinAmendments} gives `v`. */
export const LAST_PROGRAM = "coalesce(v.program, p.program)";
export const LAST_OBJECTS = "coalesce(v.objects, p.objects)";

/**
 * A query for `uuid` and the last list `objects` of later parts and of ends.
 *
 * @param isWanted - a condition on a list's number `objects`.
 */
export const laterLists = (isWanted: string): string => {
  const own = (table: string, record: string) => `
    SELECT l.uuid, l.objects FROM (FROM ${table} WHERE ${isWanted}) l
    ANTI JOIN amendment a ON a.uuid = l.uuid AND a.record = '${record}' AND a.part = l.part`;
  const amended = `SELECT uuid, objects FROM (${lastAmendments(`NOT (${OF_PROCESS})`)}) WHERE ${isWanted}`;
  return [own("process_part", "start"), own("process_end", "end"), amended].join(" UNION ");
};
