import { statSync } from "node:fs";
import { type CatalogueEntry, catalogueEntries } from "../../../inspect/catalogue.js";
import type { NameSource } from "./source.js";

/** A catalogue of installed files, as ogrt-inspect writes it. A file without a package has its own name. */
export function catalogueSource(path: string): NameSource {
  return {
    path,
    fingerprint: () => {
      const { ino, size, mtimeMs } = statSync(path);
      return `${ino} ${size} ${mtimeMs}`;
    },
    *pairs() {
      for (const entry of catalogueEntries(path)) {
        for (const uuid of entry.uuids ?? []) yield [uuid, nameOf(entry)];
      }
    },
    *files() {
      for (const entry of catalogueEntries(path)) {
        yield [entry.path, entry.soname ?? null, entry.buildId ?? null, entry.uuids ?? [], nameOf(entry)];
      }
    },
  };
}

function nameOf({ package: software, soname, path }: CatalogueEntry): string {
  const { name, version } = software ?? {};
  if (name === undefined) return soname ?? path.slice(path.lastIndexOf("/") + 1);
  return version === undefined ? name : `${name} ${version}`;
}
