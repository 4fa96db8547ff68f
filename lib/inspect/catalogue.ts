import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { OgrtError } from "../errors.js";
import { unwritable } from "../files/file-errors.js";
import { linesOf } from "../files/index.js";
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
  machine: string;
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
    machine,
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

const FLUSH_LENGTH = 65_536;

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
    this.#line({
      "ogrt-catalogue": CATALOGUE_VERSION,
      created: created.toISOString(),
      roots,
    } satisfies CatalogueHeader);
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

  #line(value: object): void {
    this.#pending += `${JSON.stringify(value)}\n`;
    if (this.#pending.length > FLUSH_LENGTH) this.#attempt(() => this.#flush());
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

/**
 * Reads a catalogue.
 *
 * @throws `OgrtError` FILE_UNREADABLE, or MALFORMED_CATALOGUE with the number of the offending line as value.
 */
export function readCatalogue(path: string): Catalogue {
  const lines = objectsOf(path);
  try {
    const header = readHeader(path, lines);
    return { header, entries: [...readEntries(path, lines)] };
  } finally {
    lines.return(undefined);
  }
}

/** The entries of a catalogue, one by one. Throws the same errors as {@link readCatalogue}. */
export function* catalogueEntries(path: string): Generator<CatalogueEntry> {
  const lines = objectsOf(path);
  try {
    readHeader(path, lines);
    yield* readEntries(path, lines);
  } finally {
    lines.return(undefined);
  }
}

function readHeader(path: string, lines: Iterator<Record<string, unknown>>): CatalogueHeader {
  const { value: header = {} } = lines.next();
  const version = header["ogrt-catalogue"];
  if (typeof version !== "number" || !Array.isArray(header["roots"])) {
    throw malformed(path, 1, "the first line is not the header of a catalogue");
  }
  if (version > CATALOGUE_VERSION) throw malformed(path, 1, `version ${version} is newer than ${CATALOGUE_VERSION}`);
  return header as unknown as CatalogueHeader;
}

function* readEntries(path: string, lines: Iterable<Record<string, unknown>>): Generator<CatalogueEntry> {
  let number = 1;
  for (const entry of lines) {
    number++;
    if (typeof entry["path"] !== "string" || typeof entry["kind"] !== "string") {
      throw malformed(path, number, "no path or kind");
    }
    yield entry as unknown as CatalogueEntry;
  }
}

/** The lines as JSON objects. A complete catalogue ends with a newline. */
function* objectsOf(path: string): Generator<Record<string, unknown>, undefined> {
  const decoder = new TextDecoder();
  let number = 0;
  for (const { bytes, isIncomplete } of linesOf(path, MAX_LINE_BYTES)) {
    number++;
    if (isIncomplete) throw malformed(path, number, "the last line is incomplete");
    if (bytes === undefined) throw malformed(path, number, `longer than ${MAX_LINE_BYTES} bytes`);
    yield parse(path, decoder.decode(bytes), number);
  }
}

function parse(path: string, line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below.
  }
  throw malformed(path, number, "not a JSON object");
}

const malformed = (path: string, line: number, what: string) =>
  new OgrtError("MALFORMED_CATALOGUE", `line ${line}: ${what}`, { path, value: line });
