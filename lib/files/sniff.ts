import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { OgrtError } from "../errors.js";
import { unreadable } from "./file-errors.js";
import { FileSource, READ_FLAGS } from "./file-source.js";
import { openable, type RawPath, rawToText } from "./raw-path.js";

/** An open file whose first bytes are those of an ELF file or an archive. */
export interface SniffedFile {
  type: "ELF" | "archive";
  source: FileSource;
  stats: Stats;
}

/** First bytes of the file being sniffed; one buffer for all files. */
const head = Buffer.alloc(8);
const ELF_MAGIC = 0x7f454c46;
const AR_MAGIC = "!<arch>\n";
const THIN_MAGIC = "!<thin>\n";

/**
 * Opens a file and reads its first bytes. Closes it and returns undefined when it is neither ELF nor an archive. Most files
 * of a tree end here, so this takes three system calls and no objects.
 *
 * @param follow - whether to follow a symbolic link.
 * @throws `OgrtError` FILE_UNREADABLE or FILE_NOT_REGULAR.
 */
export function sniff(path: RawPath, follow: boolean): SniffedFile | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(openable(path), follow ? READ_FLAGS : READ_FLAGS | constants.O_NOFOLLOW);
    if (follow && !fstatSync(descriptor).isFile()) throw notRegular(path);
    const type = typeOf(readSync(descriptor, head, 0, head.length, 0));
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

function typeOf(length: number): SniffedFile["type"] | undefined {
  if (length < 4) return undefined;
  if (head.readUInt32BE(0) === ELF_MAGIC) return "ELF";
  // Tests for '!' first, because decoding the text of every file would cost time.
  if (length < 8 || head[0] !== 0x21) return undefined;
  const magic = head.toString("latin1");
  return magic === AR_MAGIC || magic === THIN_MAGIC ? "archive" : undefined;
}

const notRegular = (path: RawPath) =>
  new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path: rawToText(path) });
