import { mkdir, open, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { groupBy } from "../../../../shared/group-by.js";
import { jobReference } from "../../../../shared/job-reference.js";
import type { OutputOptions } from "../../../config/outputs/outputs.js";
import { LineFile } from "../files/line-file.js";
import { forgetInFiles } from "../files/strip-lines.js";
import type { Sink, SinkContext } from "../sink.js";
import { jobFileName } from "./job-file-name.js";

const MAX_OPEN_FILES = 64;

/** One file per job, one document per line. */
export function jsonFilesSink({ directory }: OutputOptions<"json-files">, { dataDirectory }: SinkContext): Sink {
  const path = resolve(dataDirectory, directory);
  /** By name, in the order of their last use. */
  const files = new Map<string, LineFile>();

  const fileOf = async (name: string): Promise<LineFile> => {
    let file = files.get(name);
    if (file !== undefined && !(await file.isCurrent())) {
      await release(name);
      file = undefined;
    }
    files.delete(name);
    if (file === undefined) {
      const [oldest] = files.keys();
      if (files.size >= MAX_OPEN_FILES && oldest !== undefined) await release(oldest);
      file = await LineFile.open(join(path, name));
    }
    files.set(name, file);
    return file;
  };
  const release = async (name: string) => {
    const file = files.get(name);
    files.delete(name);
    try {
      await file?.sync();
    } finally {
      await file?.close();
    }
  };
  const releaseAll = async () => {
    for (const name of [...files.keys()]) await release(name);
  };

  return {
    deliver: async (documents, signal) => {
      await mkdir(path, { recursive: true, mode: 0o700 });
      const linesByFile = groupBy(
        documents,
        ({ cluster, job }) => jobFileName(job === null ? null : jobReference(cluster, job)),
        ({ text }) => `${text}\n`,
      );
      for (const [name, lines] of linesByFile) {
        signal.throwIfAborted();
        const file = await fileOf(name);
        try {
          await file.append(lines.join(""));
        } catch (error) {
          // The next delivery opens the file again, which removes an unfinished line.
          files.delete(name);
          await file.close();
          throw error;
        }
      }
    },
    confirm: async () => {
      for (const file of files.values()) await file.sync();
      // Makes the directory entries of new files durable.
      const handle = await open(path, "r");
      await handle.sync().finally(() => handle.close());
    },
    forget: async ({ user, dryRun }) => {
      await releaseAll();
      const names = await readdir(path).catch(() => []);
      const own = names.filter((name) => name.endsWith(".jsonl")).map((name) => join(path, name));
      return forgetInFiles(own, user, dryRun);
    },
    close: releaseAll,
  };
}
