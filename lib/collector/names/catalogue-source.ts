import { statSync } from "node:fs";
import { catalogueEntries } from "../../inspect/catalogue.js";
import type { NameSource } from "./source.js";

/** A catalogue of installed files, as ogrt-inspect writes it. Files of no package go by their own name. */
export function catalogueSource(path: string): NameSource {
  return {
    path,
    fingerprint: () => {
      const { ino, size, mtimeMs } = statSync(path);
      return `${ino} ${size} ${mtimeMs}`;
    },
    *pairs() {
      for (const entry of catalogueEntries(path)) {
        const { name, version } = entry.package ?? {};
        const own = entry.soname ?? entry.path.slice(entry.path.lastIndexOf("/") + 1);
        for (const uuid of entry.uuids ?? []) {
          yield [uuid, name === undefined ? own : version === undefined ? name : `${name} ${version}`];
        }
      }
    },
  };
}
