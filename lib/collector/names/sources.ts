import { createHash } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import type { OgrtError } from "../../errors.js";
import { ReadBudget, type ReadLimits } from "../../files/index.js";
import { type CatalogueEntry, catalogueEntries } from "../../inspect/catalogue.js";
import { registerFiles } from "../../register/files.js";
import { readRegister } from "../../register/index.js";
import type { NameTableBuilder } from "./name-table.js";
import type { NamePaths } from "./protocol.js";

/** Catalogued files: about half a million. */
export const MAX_CATALOGUE_BYTES = 128 * 1024 * 1024;
const MAX_PROBLEMS = 100;
/** What reading one register or catalogue may cost. */
const MAX_SOURCE_BYTES = 1024 * 1024 * 1024;
const MAX_SOURCE_LINES = 5_000_000;
const MAX_SOURCE_MS = 60_000;
const SOURCE_LIMITS: ReadLimits = { bytes: MAX_SOURCE_BYTES, lines: MAX_SOURCE_LINES, milliseconds: MAX_SOURCE_MS };

/** A source of names that can change: a register or a catalogue. */
export interface NameSource {
  readonly path: string;
  /** A text that changes when the source does. */
  readonly fingerprint: () => string;
  /** Pairs of signature and name, one by one, so that memory need not hold all of them. */
  readonly pairs: (onProblem: (problem: Error) => void) => Iterable<readonly [signature: string, name: string]>;
  /** The files of a catalogue, each as the array that {@link NamesRead} describes. */
  readonly files?: () => Iterable<readonly unknown[]>;
}

export function openSources({ registers, catalogues }: NamePaths): NameSource[] {
  return [...registers.map(registerSource), ...catalogues.map(catalogueSource)];
}

/** A register, as ogrt-stamp and ogrt-ld write it: a directory of files that grow. */
function registerSource(path: string): NameSource {
  return {
    path,
    fingerprint: () => {
      const hash = createHash("sha256");
      for (const { path: file, stats } of registerFiles(path).files) hash.update(`${file}\0${stateOf(stats)}\0`);
      return hash.digest("hex");
    },
    *pairs(onProblem) {
      const options = {
        limits: SOURCE_LIMITS,
        maxEntries: Number.POSITIVE_INFINITY,
        // Others may write lines into the register that are not entries.
        onProblem: (problem: OgrtError) => problem.code === "LIMIT_EXCEEDED" && onProblem(problem),
      };
      for (const { uuid, name, version } of readRegister(path, options)) {
        if (name !== undefined) yield [uuid, withVersion(name, version)];
      }
    },
  };
}

/** A catalogue of installed files, as ogrt-inspect writes it. A file without a package has its own name. */
function catalogueSource(path: string): NameSource {
  return {
    path,
    fingerprint: () => stateOf(statSync(path)),
    *pairs() {
      for (const entry of catalogueEntries(path, new ReadBudget(SOURCE_LIMITS))) {
        for (const uuid of entry.uuids ?? []) yield [uuid, nameOf(entry)];
      }
    },
    *files() {
      for (const entry of catalogueEntries(path, new ReadBudget(SOURCE_LIMITS))) {
        const { path: file, soname = null, buildId = null, uuids = [], size } = entry;
        yield [file, soname, buildId, uuids, nameOf(entry), packageOf(entry) !== undefined, size];
      }
    },
  };
}

const stateOf = ({ ino, size, mtimeMs }: Stats) => `${ino} ${size} ${mtimeMs}`;

const nameOf = (entry: CatalogueEntry): string =>
  packageOf(entry) ?? entry.soname ?? entry.path.slice(entry.path.lastIndexOf("/") + 1);

const packageOf = ({ package: software }: CatalogueEntry): string | undefined =>
  software?.name === undefined ? undefined : withVersion(software.name, software.version);

const withVersion = (name: string, version: string | undefined) =>
  version === undefined ? name : `${name} ${version}`;

/** The state of all sources. */
export function fingerprintOf(sources: readonly NameSource[]): string {
  const fingerprint = (source: NameSource) => {
    try {
      return source.fingerprint();
    } catch {
      return "unreadable";
    }
  };
  return sources.map(fingerprint).join("\n");
}

/** Adds the names of a source to the table. */
export function readNames(source: NameSource, builder: NameTableBuilder, problems: string[]): void {
  const onProblem = ({ message }: Error) => problems.length < MAX_PROBLEMS && problems.push(message);
  try {
    for (const [signature, name] of source.pairs(onProblem)) {
      if (builder.add(signature, name)) continue;
      onProblem(new Error(`${source.path}: too many signatures or names; the rest has no names`));
      return;
    }
  } catch (error) {
    onProblem(error as Error);
  }
}

/**
 * The catalogued files of all sources, one JSON array per line. Files after an invalid line of a catalogue are missing.
 *
 * @param onSource - called before each source.
 */
export function readFiles(
  sources: readonly NameSource[],
  problems: string[],
  onSource: () => void,
): Uint8Array<ArrayBuffer> {
  const lines: Buffer[] = [];
  let bytes = 0;
  for (const source of sources) {
    onSource();
    try {
      for (const file of source.files?.() ?? []) {
        const line = Buffer.from(`${JSON.stringify(file)}\n`);
        bytes += line.length;
        if (bytes > MAX_CATALOGUE_BYTES) {
          problems.push(`${source.path}: too many files; the rest counts as not catalogued`);
          break;
        }
        lines.push(line);
      }
    } catch {
      // readNames reads the same file and reports the error.
    }
  }
  const all = new Uint8Array(lines.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    at += line.length;
  }
  return all;
}
