import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { OgrtError } from "../errors.js";
import { unwritable } from "../files/file-errors.js";
import { linesOf, type ReadBudget } from "../files/index.js";
import { isObject, parseObject } from "../shared/json.js";
import type { FileFinding } from "./finding.js";

/** Version of the catalogue format, which docs/reference/inspect.md describes. Readers refuse newer ones. */
export const CATALOGUE_VERSION = 1;

/** First line of a catalogue. */
export interface CatalogueHeader {
  "ogrt-catalogue": number;
  /** ISO 8601, UTC. */
  created: string;
  /** Absolute paths of the scanned directories and files, as reversible text. */
  roots: string[];
}

/** Each further line: one installed file. A key is absent when the file has no such value. */
export interface CatalogueEntry {
  /** Absolute path as reversible text. */
  path: string;
  kind: string;
  machine?: string;
  size: number;
  modified: string;
  uuids?: string[];
  buildId?: string;
  soname?: string;
  package?: { name?: string; version?: string };
  sha256?: string;
}

export interface Catalogue {
  header: CatalogueHeader;
  entries: CatalogueEntry[];
}

/** The catalogue's entry for a finding. */
export function catalogueEntry(finding: FileFinding): CatalogueEntry {
  const { path, kind, machine, size, modified, signatures, buildId, soname, sha256 } = finding;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const name = text(finding.package?.["name"]);
  const version = text(finding.package?.["version"]);
  return {
    path,
    kind,
    ...(machine !== undefined && { machine }),
    size,
    modified,
    ...(signatures.length > 0 && { uuids: signatures.map(({ uuid }) => uuid) }),
    ...(buildId !== undefined && { buildId }),
    ...(soname !== undefined && { soname }),
    ...((name ?? version) !== undefined && {
      package: { ...(name !== undefined && { name }), ...(version !== undefined && { version }) },
    }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

/** Characters that the writer collects before it writes. */
const FLUSH_CHARACTERS = 65_536;

/**
 * Writes a catalogue line by line to a temporary file beside it, and renames that file when it is complete. After an error
 * or {@link CatalogueWriter.abandon} the old catalogue stays.
 */
export class CatalogueWriter {
  readonly #path: string;
  readonly #temporary: string;
  readonly #descriptor: number;
  #pending = "";
  #open = true;

  /** @throws `OgrtError` FILE_UNWRITABLE. */
  constructor(path: string, roots: string[], created = new Date()) {
    this.#path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
    this.#descriptor = this.#attempt(() => openSync(this.#temporary, "wx"));
    this.#line({ "ogrt-catalogue": CATALOGUE_VERSION, created: created.toISOString(), roots });
  }

  add(entry: CatalogueEntry): void {
    this.#line(entry);
  }

  /** Replaces the old catalogue. */
  finish(): void {
    this.#attempt(() => {
      this.#flush();
      fsyncSync(this.#descriptor);
      this.#close();
      renameSync(this.#temporary, this.#path);
    });
  }

  /** Removes the temporary file and keeps the old catalogue. Does nothing after {@link CatalogueWriter.finish}. */
  abandon(): void {
    if (!this.#open) return;
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #line(value: CatalogueHeader | CatalogueEntry): void {
    this.#pending += `${JSON.stringify(value)}\n`;
    if (this.#pending.length > FLUSH_CHARACTERS) this.#attempt(() => this.#flush());
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#pending = "";
  }

  #close(): void {
    this.#open = false;
    closeSync(this.#descriptor);
  }

  #attempt<T>(write: () => T): T {
    try {
      return write();
    } catch (cause) {
      if (this.#descriptor !== undefined && this.#open) this.#close();
      rmSync(this.#temporary, { force: true });
      throw unwritable(this.#path, "cannot be written", cause);
    }
  }
}

const MAX_LINE_BYTES = 128 * 1024;
const NO_HEADER = "the first line is not the header of a catalogue";

/**
 * Reads a catalogue.
 *
 * @throws `OgrtError` FILE_UNREADABLE, or MALFORMED_CATALOGUE with the number of the offending line as value.
 */
export function readCatalogue(path: string): Catalogue {
  const [header, ...entries] = checkedLines(path) as Iterable<unknown> as [CatalogueHeader, ...CatalogueEntry[]];
  return { header, entries };
}

/**
 * The entries of a catalogue, one by one.
 *
 * @param budget - pays for every line.
 * @throws the same errors as {@link readCatalogue}, and `OgrtError` LIMIT_EXCEEDED.
 */
export function* catalogueEntries(path: string, budget?: ReadBudget): Generator<CatalogueEntry> {
  const lines = checkedLines(path, budget);
  lines.next();
  yield* lines as Generator<CatalogueEntry>;
}

/** The header of a catalogue, then its entries. A complete catalogue ends with a newline. */
function* checkedLines(path: string, budget?: ReadBudget): Generator<CatalogueHeader | CatalogueEntry> {
  const decoder = new TextDecoder();
  let number = 0;
  for (const { bytes, isIncomplete } of linesOf(path, MAX_LINE_BYTES, budget)) {
    number++;
    if (isIncomplete) throw malformed(path, number, "the last line is incomplete");
    if (bytes === undefined) throw malformed(path, number, `longer than ${MAX_LINE_BYTES} bytes`);
    const line = parseObject(decoder.decode(bytes));
    if (line === undefined) throw malformed(path, number, number === 1 ? NO_HEADER : "not a JSON object");
    yield number === 1 ? checkedHeader(path, line) : checkedEntry(path, line, number);
  }
  if (number === 0) checkedHeader(path, {});
}

function checkedHeader(path: string, line: Record<string, unknown>): CatalogueHeader {
  const { "ogrt-catalogue": version, roots } = line;
  if (typeof version !== "number" || !Array.isArray(roots) || !roots.every(isText)) {
    throw malformed(path, 1, NO_HEADER);
  }
  if (version > CATALOGUE_VERSION) throw malformed(path, 1, `version ${version} is newer than ${CATALOGUE_VERSION}`);
  return line as unknown as CatalogueHeader;
}

function checkedEntry(path: string, line: Record<string, unknown>, number: number): CatalogueEntry {
  if (typeof line["path"] !== "string" || typeof line["kind"] !== "string")
    throw malformed(path, number, "no path or kind");
  const key = Object.keys(ENTRY_VALUES).find(
    (known) => line[known] !== undefined && !ENTRY_VALUES[known]?.(line[known]),
  );
  if (key !== undefined) throw malformed(path, number, `${key} has another type of value`);
  return line as unknown as CatalogueEntry;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value);

/** What each further key of an entry may hold: a catalogue may come from others. */
const ENTRY_VALUES: Readonly<Record<string, (value: unknown) => boolean>> = {
  machine: isText,
  size: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  modified: isText,
  uuids: (value) => Array.isArray(value) && value.every(isText),
  buildId: isText,
  soname: isText,
  package: (value) => isObject(value) && isOptionalText(value["name"]) && isOptionalText(value["version"]),
  sha256: isText,
};

const malformed = (path: string, line: number, what: string) =>
  new OgrtError("MALFORMED_CATALOGUE", `line ${line}: ${what}`, { path, value: line });
