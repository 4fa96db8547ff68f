import { statSync } from "node:fs";
import { dirname } from "node:path";
import { OgrtError } from "../../errors.js";
import { fileError } from "../../files/file-errors.js";
import { NameTables } from "../answers/name-tables.js";
import type { Context } from "../answers/question.js";
import { answer, type QuestionAnswer, type QuestionRequest } from "../answers/registry.js";
import { DEFAULT_SETTINGS } from "../answers/settings.js";
import { loadEngine, openInstance, unreadableStore } from "../database/engine.js";
import { requireVersion } from "../database/migrate.js";
import { addPresentOutage } from "../database/outages.js";
import { rollUpInTemporaryTables } from "../database/rollup/rollup.js";

/** A store that no collector has open. None can open it either, until it is closed. */
export class ClosedStore {
  readonly #path: string;
  readonly #context: Context;
  readonly close: () => void;

  private constructor(path: string, context: Context, close: () => void) {
    this.#path = path;
    this.#context = context;
    this.close = close;
  }

  static async open(path: string): Promise<ClosedStore> {
    await loadEngine();
    requireStore(path);
    const instance = await openInstance(path, "READ_ONLY");
    try {
      const connection = await instance.connect();
      const close = () => {
        connection.closeSync();
        instance.closeSync();
      };
      const context = await asStoreError(path, async () => {
        await requireVersion(connection, path);
        await rollUpInTemporaryTables(connection);
        await addPresentOutage(connection, path);
        // Only a collector knows the names of software.
        const naming = await NameTables.create(connection, undefined);
        return { connection, naming, settings: DEFAULT_SETTINGS, rollupLag: 0, now: BigInt(Date.now()) * 1_000_000n };
      });
      return new ClosedStore(path, context, close);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  answer(request: QuestionRequest): Promise<QuestionAnswer> {
    return asStoreError(this.#path, () => answer(this.#context, request));
  }
}

/** Answers a question from a store that no collector has open. */
export async function answerFromFile(path: string, request: QuestionRequest): Promise<QuestionAnswer> {
  const store = await ClosedStore.open(path);
  try {
    return await store.answer(request);
  } finally {
    store.close();
  }
}

async function asStoreError<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    throw unreadableStore("the store cannot answer", path, cause);
  }
}

/** @throws {@link OgrtError} STORE_MISSING or STORE_UNREADABLE. */
function requireStore(path: string): void {
  const directory = dirname(path);
  try {
    const store = statSync(path, { throwIfNoEntry: false });
    // A start that was interrupted leaves an empty file.
    if (store?.isFile() === true && store.size > 0) return;
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new OgrtError("STORE_MISSING", "there is no store; the collector creates it when it starts", { path });
    }
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    throw fileError("STORE_UNREADABLE", directory, "cannot be entered", cause);
  }
  throw new OgrtError(
    "STORE_MISSING",
    "there is no data directory; start ogrt-collector, or name that of a collector by --data",
    {
      path: directory,
    },
  );
}
