import type { Names } from "../../lib/collector/answers/name-tables.js";
import type { RollupState } from "../../lib/collector/database/rollup/rollup.js";
import { Appends } from "../../lib/collector/store/worker/appends.js";
import { Questions } from "../../lib/collector/store/worker/questions.js";
import { RollupUpkeep } from "../../lib/collector/store/worker/rollup-upkeep.js";
import { StoreFile } from "../../lib/collector/store/worker/store-file.js";

/** A store as the store thread has it, in this thread. */
export async function openStore(path: string, onRollup?: (state: RollupState) => void) {
  const file = new StoreFile(path);
  const rollup = new RollupUpkeep(file, onRollup);
  const { maintenance } = await file.open();
  return {
    appends: new Appends(file),
    questions: new Questions(file, rollup),
    rollup,
    run: (sql: string) => maintenance.run(sql),
    useNames: (names: Names) => file.useNames(names),
    rows: async (sql: string) => (await maintenance.runAndReadAll(sql)).getRowsJson(),
    end: () => file.end(),
  };
}
