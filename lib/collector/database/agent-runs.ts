import { parseObject } from "../../shared/json.js";
import type { AgentRun } from "../frames/agent-run.js";
import { type Connection, loadEngine } from "./engine.js";
import { jsonRows } from "./rows.js";
import { inTransaction } from "./transaction.js";

/** Replaces what is known of runs of agents. */
export async function storeAgentRuns(connection: Connection, runs: readonly AgentRun[]): Promise<void> {
  const { listValue, LIST, VARCHAR, BIGINT } = await loadEngine();
  const texts = (of: (run: AgentRun) => string) => listValue(runs.map(of));
  const numbers = (of: (run: AgentRun) => number) => listValue(runs.map((run) => BigInt(of(run))));
  const [ids, types] = [texts(({ run }) => run), LIST(VARCHAR)];
  await inTransaction(connection, async () => {
    await connection.run(
      "DELETE FROM agent_run WHERE run IN (SELECT unnest($runs)::UUID)",
      { runs: ids },
      { runs: types },
    );
    await connection.run(
      `INSERT INTO agent_run
      SELECT node, run::UUID, make_timestamp_ns(began * 1000000), make_timestamp_ns(seen * 1000000), version, kernel,
        features, records, spooled_records, spooled_bytes, lost
      FROM (SELECT unnest($nodes) AS node, unnest($runs) AS run, unnest($began) AS began, unnest($seen) AS seen,
        unnest($versions) AS version, unnest($kernels) AS kernel, unnest($features) AS features,
        unnest($records) AS records, unnest($spooled) AS spooled_records, unnest($bytes) AS spooled_bytes,
        unnest($lost) AS lost)`,
      {
        runs: ids,
        nodes: texts(({ node }) => node),
        began: numbers(({ began }) => began),
        seen: numbers(({ lastSeen }) => lastSeen),
        versions: texts(({ version }) => version),
        kernels: texts(({ kernel }) => kernel),
        features: texts(({ features }) => JSON.stringify(features)),
        records: numbers(({ records }) => records),
        spooled: numbers(({ spooledRecords }) => spooledRecords),
        bytes: numbers(({ spooledBytes }) => spooledBytes),
        lost: texts(({ lost }) => JSON.stringify(lost)),
      },
      {
        ...{ runs: types, nodes: types, versions: types, kernels: types, features: types, lost: types },
        ...{ began: LIST(BIGINT), seen: LIST(BIGINT), records: LIST(BIGINT) },
        ...{ spooled: LIST(BIGINT), bytes: LIST(BIGINT) },
      },
    );
  });
}

/** The last run of each node, for a collector that goes on. */
export async function readAgentRuns(connection: Connection): Promise<AgentRun[]> {
  const found = await jsonRows<Omit<AgentRun, "features" | "lost"> & { features: string; lost: string }>(
    connection,
    `SELECT node, run::VARCHAR AS run, epoch_ms(began) AS began, epoch_ms(last_seen) AS lastSeen, version, kernel, features,
      records, spooled_records AS spooledRecords, spooled_bytes AS spooledBytes, lost
    FROM agent_run QUALIFY row_number() OVER (PARTITION BY node ORDER BY last_seen DESC) = 1`,
  );
  return found.map((row) => ({ ...row, features: featuresOf(row.features), lost: lossesOf(row.lost) }));
}

export const featuresOf = (text: string): string[] => JSON.parse(text) as string[];
export const lossesOf = (text: string): Record<string, number> => (parseObject(text) ?? {}) as Record<string, number>;
