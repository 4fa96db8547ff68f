import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { fileType } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { unreadable } from "./file-errors.js";
import { FileSource, READ_FLAGS } from "./file-source.js";
import { openable, type RawPath, rawToText } from "./raw-path.js";

/** An open file whose first bytes are those of an ELF file or an archive, or name and first bytes of a kernel module. */
export interface SniffedFile {
  type: "ELF" | "archive" | ModuleCompression;
  source: FileSource;
  stats: Stats;
}

/** First bytes of the file being sniffed; one buffer for all files. */
const head = Buffer.alloc(8);
/** Most files of a tree end with their first byte: looking for the type of each would cost time. */
const FIRST_BYTES: ReadonlySet<number | undefined> = new Set(Buffer.from("\x7f!\x1f\xfd(", "latin1"));

/** How `make modules_install` compresses kernel modules (linux: CONFIG_MODULE_COMPRESS), and how it then names them. */
export type ModuleCompression = "gzip" | "xz" | "zstd";
const MODULE_SUFFIXES: Record<ModuleCompression, string> = { gzip: ".ko.gz", xz: ".ko.xz", zstd: ".ko.zst" };

/**
 * Opens a file and reads its first bytes. Closes it and returns undefined when it is neither ELF nor an archive nor a
 * compressed kernel module. Most files of a tree end here, so this takes three system calls and no objects.
 *
 * @param follow - whether to follow a symbolic link.
 * @throws `OgrtError` FILE_UNREADABLE or FILE_NOT_REGULAR.
 */
export function sniff(path: RawPath, follow: boolean): SniffedFile | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(openable(path), follow ? READ_FLAGS : READ_FLAGS | constants.O_NOFOLLOW);
    if (follow && !fstatSync(descriptor).isFile()) throw notRegular(path);
    const type = typeOf(path, readSync(descriptor, head, 0, head.length, 0));
    if (type === undefined) return undefined;
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw notRegular(path);
    const source = new FileSource(descriptor, stats.size, rawToText(path));
    // The source owns the descriptor now.
    descriptor = undefined;
    return { type, source, stats };
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    throw unreadable(rawToText(path), cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function typeOf(path: RawPath, length: number): SniffedFile["type"] | undefined {
  if (length === 0 || !FIRST_BYTES.has(head[0])) return undefined;
  const type = fileType(head.subarray(0, length));
  if (type === "ar archive" || type === "thin ar archive") return "archive";
  if (type === "gzip" || type === "xz" || type === "zstd")
    return path.endsWith(MODULE_SUFFIXES[type]) ? type : undefined;
  return type === "ELF" ? type : undefined;
}

const notRegular = (path: RawPath) =>
  new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path: rawToText(path) });
