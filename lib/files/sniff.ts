import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
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
const ELF_MAGIC = 0x7f454c46;
const AR_MAGIC = "!<arch>\n";
const THIN_MAGIC = "!<thin>\n";

/** How `make modules_install` compresses kernel modules (linux: CONFIG_MODULE_COMPRESS). */
export type ModuleCompression = "gzip" | "xz" | "zstd";
const MODULES: readonly [suffix: string, ModuleCompression, magic: Buffer][] = [
  [".ko.gz", "gzip", Buffer.from("\x1f\x8b", "latin1")],
  [".ko.xz", "xz", Buffer.from("\xfd7zXZ\0", "latin1")],
  [".ko.zst", "zstd", Buffer.from("(\xb5/\xfd", "latin1")],
];

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
  if (length < 4) return undefined;
  if (head.readUInt32BE(0) === ELF_MAGIC) return "ELF";
  if (length < 8) return undefined;
  const isModule = ([suffix, , magic]: (typeof MODULES)[number]) =>
    path.endsWith(suffix) && magic.equals(head.subarray(0, magic.length));
  // Tests for '!' first, because decoding the text of every file would cost time.
  if (head[0] !== 0x21) return MODULES.find(isModule)?.[1];
  const magic = head.toString("latin1");
  return magic === AR_MAGIC || magic === THIN_MAGIC ? "archive" : undefined;
}

const notRegular = (path: RawPath) =>
  new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path: rawToText(path) });
