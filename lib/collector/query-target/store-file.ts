import { statSync } from "node:fs";
import { dirname } from "node:path";
import { OgrtError } from "../../errors.js";
import { fileError } from "../../files/file-errors.js";
import { NameTables } from "../answers/name-tables.js";
import { answer, type QuestionAnswer, type QuestionRequest } from "../answers/registry.js";
import { DEFAULT_SETTINGS } from "../answers/settings.js";
import { loadEngine, openInstance, reasonOf } from "../database/engine.js";
import { requireVersion } from "../database/migrate.js";
import { rollUpInTemporaryTables } from "../database/rollup.js";

/** Answers a question from a store that no collector has open. Only a collector knows the names of software. */
export async function answerFromFile(path: string, request: QuestionRequest): Promise<QuestionAnswer> {
  await loadEngine();
  requireStore(path);
  const instance = await openInstance(path, "READ_ONLY");
  try {
    const connection = await instance.connect();
    try {
      await requireVersion(connection, path);
      await rollUpInTemporaryTables(connection);
      const naming = await NameTables.create(connection, undefined);
      const now = BigInt(Date.now()) * 1_000_000n;
      return await answer({ connection, naming, settings: DEFAULT_SETTINGS, rollupLag: 0, now }, request);
    } catch (cause) {
      if (cause instanceof OgrtError) throw cause;
      throw new OgrtError("STORE_UNREADABLE", `the store cannot answer: ${reasonOf(cause)}`, { path, cause });
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** @throws {@link OgrtError} STORE_MISSING or STORE_UNREADABLE. */
function requireStore(path: string): void {
  const directory = dirname(path);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return;
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new OgrtError("STORE_MISSING", "there is no store; the collector creates it when it starts", { path });
    }
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    throw fileError("STORE_UNREADABLE", directory, "cannot be entered", cause);
  }
  throw new OgrtError("STORE_MISSING", "there is no data directory; name that of a collector by --data", {
    path: directory,
  });
}
