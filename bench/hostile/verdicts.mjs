// What the store holds of the well-behaved sender.
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { HOST } from "../collector/frames.mjs";

/** Every third program and library of frames.mjs is stamped. */
const EXPECTED = `CASE WHEN regexp_extract(path, '[-](\\d+)', 1)::INTEGER % 3 = 0 THEN 'verified' ELSE 'unsigned' END`;

/** @returns the stored processes of the sender; those with a false verdict, and those with one that is `unchecked`. */
export async function wrongVerdicts(data) {
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(`
    WITH judged AS (
      SELECT finding.id, verdict = 'unchecked' AS unchecked, verdict <> ${EXPECTED} AS wrong
      FROM finding JOIN object ON object.id = finding.object
      WHERE path LIKE '%/program-%' OR path LIKE '%/libsoftware-component-%'
    ), list AS (
      SELECT list, bool_or(unchecked) AS unchecked, bool_or(wrong AND NOT unchecked) AS wrong
      FROM object_list JOIN judged ON judged.id = object_list.finding GROUP BY list
    )
    SELECT count(*) AS stored,
      count(*) FILTER (program.wrong AND NOT program.unchecked OR list.wrong) AS "false",
      count(*) FILTER (program.unchecked OR list.unchecked) AS unchecked
    FROM process JOIN judged AS program ON program.id = process.program LEFT JOIN list ON list.list = process.objects
    WHERE host = '${HOST}' AND cluster = 'bench'`);
  const [row] = rows.getRowObjects();
  instance.closeSync();
  return { stored: Number(row.stored), false: Number(row.false), unchecked: Number(row.unchecked) };
}
