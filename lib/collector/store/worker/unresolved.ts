import { type Connection, loadEngine } from "../../database/engine.js";
import { items, rows, type StoredRow } from "../../database/rows.js";
import { inTransaction } from "../../database/transaction.js";
import type { ResolvedFinding, UnresolvedFinding } from "../protocol.js";

/** Reasons for `unchecked` that may not apply any more. */
const TRANSIENT_REASONS = ["overload", "timeout", "unavailable", "automount"];
const MAX_FINDINGS = 10_000;

/** Findings to re-verify, with what their verdicts depend on. */
export async function readUnresolvedFindings(connection: Connection): Promise<UnresolvedFinding[]> {
  const { listValue } = await loadEngine();
  type Row = Pick<StoredRow<"object">, "id" | "path" | "soname" | "signatures" | "build_id"> & {
    first: bigint;
    last: bigint;
    some_old: boolean;
    all_old: boolean;
  };
  const found = await rows<Row>(
    connection,
    `WITH undecided AS MATERIALIZED (
      SELECT id, object FROM finding WHERE verdict = 'unchecked' AND reason IN (SELECT unnest($reasons))
      ORDER BY id LIMIT ${MAX_FINDINGS}
    ),
    listed AS MATERIALIZED (SELECT list, finding FROM object_list WHERE finding IN (SELECT id FROM undecided)),
    used AS (
      SELECT program AS id, started, command_line FROM process WHERE program IN (SELECT id FROM undecided)
      UNION ALL SELECT l.finding, p.started, p.command_line FROM listed l JOIN process p ON p.objects = l.list
      UNION ALL SELECT l.finding, p.started, p.command_line
        FROM listed l JOIN process_part s ON s.objects = l.list JOIN process p ON p.uuid = s.uuid
      UNION ALL SELECT l.finding, p.started, p.command_line
        FROM listed l JOIN process_end e ON e.objects = l.list JOIN process p ON p.uuid = e.uuid
      UNION ALL SELECT a.program, p.started, p.command_line
        FROM (FROM amendment WHERE program IN (SELECT id FROM undecided)) a JOIN process p ON p.uuid = a.uuid
      UNION ALL SELECT l.finding, p.started, p.command_line
        FROM listed l JOIN amendment a ON a.objects = l.list JOIN process p ON p.uuid = a.uuid
    )
    SELECT u.id, o.path, o.soname, o.signatures, o.build_id, epoch_ns(min(n.started)) AS first,
      epoch_ns(max(n.started)) AS last, bool_or(n.command_line IS NOT NULL) AS some_old,
      bool_and(n.command_line IS NOT NULL) AS all_old
    FROM undecided u JOIN object o ON o.id = u.object JOIN used n ON n.id = u.id
    GROUP BY ALL ORDER BY u.id`,
    { reasons: listValue(TRANSIENT_REASONS) },
  );
  return found.map((row) => ({
    id: row.id,
    path: row.path ?? "",
    soname: row.soname ?? undefined,
    signatures: items(row.signatures),
    buildId: row.build_id ?? undefined,
    first: row.first,
    last: row.last,
    isMixed: row.some_old !== row.all_old,
    // Clients that send their arguments joined report only the first signature.
    firstSignatureOnly: row.all_old,
  }));
}

/** Writes verdicts into findings, and so changes the verdict for every process that has one of them. */
export async function writeResolvedFindings(
  connection: Connection,
  resolved: readonly ResolvedFinding[],
): Promise<void> {
  const { listValue, LIST, VARCHAR } = await loadEngine();
  await inTransaction(connection, async () => {
    for (const { id, finding } of resolved) {
      const { verdict, reason, compared, onDisk } = finding;
      await connection.run(
        `UPDATE finding SET verdict = $verdict, reason = $reason, compared = $compared,
          disk_signatures = $signatures, disk_build_id = $buildId, disk_package = $package,
          disk_compilers = $compilers WHERE id = $id`,
        {
          id,
          verdict,
          reason: reason ?? null,
          compared: compared ?? null,
          signatures: onDisk === undefined ? null : listValue([...onDisk.signatures]),
          buildId: onDisk?.buildId ?? null,
          package: onDisk?.package ?? null,
          compilers: onDisk?.compilers === undefined ? null : listValue([...onDisk.compilers]),
        },
        { signatures: LIST(VARCHAR), compilers: LIST(VARCHAR) },
      );
    }
  });
}
