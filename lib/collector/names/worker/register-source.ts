import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRegister } from "../../../register/index.js";
import type { NameSource } from "./source.js";

/** A register, as ogrt-stamp and ogrt-ld write it: a directory of files that grow. */
export function registerSource(directory: string): NameSource {
  return {
    path: directory,
    fingerprint: () =>
      readdirSync(directory)
        .sort()
        .map((name) => {
          const { size, mtimeMs } = statSync(join(directory, name));
          return `${name} ${size} ${mtimeMs}`;
        })
        .join("\n"),
    *pairs() {
      for (const { uuid, name, version } of readRegister(directory)) {
        if (name !== undefined) yield [uuid, version === undefined ? name : `${name} ${version}`];
      }
    },
  };
}
