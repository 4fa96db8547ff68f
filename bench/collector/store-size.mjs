// Measures the size of the store after each part of the load, with the collector stopped, so that its log is empty.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { startCollector } from "./running.mjs";

const PARTS = 4;
/** Frames per second, well below the limit of the collector. TCP loses none. */
const RATE = 10_000;

export async function storeSize({ send, frames, directory, processes, print }) {
  const data = join(directory, "data-size");
  let [stored, size] = [0, 0];
  for (let part = 1; part <= PARTS; part++) {
    const collector = await startCollector(data);
    const result = await send("tcp", collector.port("tcp"), frames, RATE, Math.ceil(processes / PARTS / RATE));
    let counts = await collector.accounting();
    while (counts.received < result.sent || counts.pending > 0) {
      await sleep(100);
      counts = await collector.accounting();
    }
    await collector.stop();
    const now = await usedBytes(join(data, "ogrt.duckdb"));
    const added = ((now - size) / counts.stored).toFixed(1);
    stored += counts.stored;
    size = now;
    print(
      `  ${stored} processes: ${(size / 1e6).toFixed(1)} MB, ${(size / stored).toFixed(1)} bytes each; this part ${added}`,
    );
  }
}

/** Blocks in use: the file has free ones besides, which the next rows get. */
async function usedBytes(path) {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const [row] = (await connection.runAndReadAll("CALL pragma_database_size()")).getRowObjects();
  instance.closeSync();
  return Number(row.block_size * row.used_blocks);
}
