// What the store holds of the well-behaved sender.
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { HOST } from "../collector/frames.mjs";

/** Every third program and library of frames.mjs is stamped. The directory's name may hold digits, too. */
const NUMBER = "regexp_extract(path, '/(?:program|libsoftware-component)-(\\d+)[^/]*$', 1)";
const EXPECTED = `CASE WHEN TRY_CAST(${NUMBER} AS INTEGER) % 3 = 0 THEN 'verified' ELSE 'unsigned' END`;

/** Processes with the verdicts that count: a record that was stored before its files were read has an amendment. */
const PROCESSES = `
  SELECT process.uuid, host, cluster,
    coalesce(last.program, process.program) AS program, coalesce(last.objects, process.objects) AS objects
  FROM process LEFT JOIN (
    SELECT uuid, arg_max(program, sequence) AS program, arg_max(objects, sequence) AS objects
    FROM amendment WHERE record = 'start' AND part = 0 GROUP BY uuid
  ) last ON last.uuid = process.uuid`;

/** @returns the stored processes of the sender; those with a false verdict; those with one that is `unchecked`, and why. */
export async function wrongVerdicts(data) {
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll(`
    WITH judged AS (
      SELECT finding.id, verdict = 'unchecked' AS unchecked, verdict <> ${EXPECTED} AS wrong,
        CASE WHEN verdict = 'unchecked' THEN reason END AS reason
      FROM finding JOIN object ON object.id = finding.object WHERE ${NUMBER} <> ''
    ), list AS (
      SELECT list, bool_or(unchecked) AS unchecked, bool_or(wrong AND NOT unchecked) AS wrong, min(reason) AS reason
      FROM object_list JOIN judged ON judged.id = object_list.finding GROUP BY list
    )
    SELECT count(*) AS stored,
      count(*) FILTER (program.wrong AND NOT program.unchecked OR list.wrong) AS "false",
      count(*) FILTER (program.unchecked OR list.unchecked) AS unchecked,
      string_agg(DISTINCT coalesce(program.reason, list.reason), ' ') AS reasons
    FROM (${PROCESSES}) process
    JOIN judged AS program ON program.id = process.program LEFT JOIN list ON list.list = process.objects
    WHERE host = '${HOST}' AND cluster = 'bench'`);
  const [row] = rows.getRowObjects();
  instance.closeSync();
  const { stored, unchecked, reasons } = row;
  return { stored: Number(stored), false: Number(row.false), unchecked: Number(unchecked), reasons: reasons ?? "" };
}
