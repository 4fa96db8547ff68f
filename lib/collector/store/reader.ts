import { OgrtError } from "../../errors.js";
import { openInstance } from "./engine.js";
import { requireVersion } from "./migrate.js";
import { type Answer, answer, type QueryRequest } from "./queries.js";

/** Answers one question from a store that no collector has open. */
export async function answerFromFile(path: string, request: QueryRequest): Promise<Answer> {
  const instance = await openInstance(path, "READ_ONLY");
  try {
    const connection = await instance.connect();
    try {
      await requireVersion(connection, path);
      return await answer(connection, request);
    } catch (cause) {
      if (cause instanceof OgrtError) throw cause;
      const [reason] = (cause as Error).message.split("\n", 1);
      throw new OgrtError("STORE_UNREADABLE", `the store cannot answer: ${reason}`, { path, cause });
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
