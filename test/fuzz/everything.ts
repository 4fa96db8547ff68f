import {
  type ArchiveMember,
  decodeNote,
  ElfFile,
  fileType,
  OgrtError,
  readArchive,
  readArchiveSignatures,
  readSignatures,
  type Source,
} from "../../lib/index.js";

/** Cost of reading one file, as counts, not times. */
export interface Cost {
  reads: number;
  bytes: number;
}

/** Far below the defaults, so that high limits do not hide excessive work. */
const LIMITS = { maxSteps: 20_000, maxTextBytes: 100_000, maxDataBytes: 1 << 20 };

/**
 * Reads all parts of a file that the library can read. Accepts errors that have a code and an offset; any other exception
 * and any read outside the file fails the test.
 */
export function readEverything(bytes: Uint8Array): Cost {
  const cost: Cost = { reads: 0, bytes: 0 };
  const source: Source = {
    size: bytes.length,
    path: "fuzzed",
    read(offset, length) {
      cost.reads++;
      cost.bytes += length;
      if (!(Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
        throw new Error(`read of ${length} bytes at ${offset} in a file of ${bytes.length}`);
      }
      return bytes.subarray(offset, offset + length);
    },
  };
  const onProblem = (problem: OgrtError) => check(problem);
  const options = { ...LIMITS, onProblem };
  attempt(() => fileType(source));
  attempt(() => readSignatures(source, options));
  attempt(() => [...readArchiveSignatures(source, options)]);
  attempt(() => Array.from(readArchive(source, options), (member: ArchiveMember) => member.source?.size));
  let file: ElfFile | undefined;
  attempt(() => {
    file = new ElfFile(source, options);
  });
  if (file === undefined) return cost;
  const elf: ElfFile = file;
  for (const property of [
    "kind",
    "segments",
    "sections",
    "buildId",
    "dynamic",
    "interpreter",
    "compilers",
    "hardening",
  ] as const) {
    attempt(() => elf[property]);
  }
  attempt(() => {
    for (const note of elf.notes()) attempt(() => decodeNote(elf, note, options));
  });
  attempt(() => {
    for (const section of elf.sections.slice(0, 100)) attempt(() => elf.data(section));
  });
  return cost;
}

function attempt(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    check(error);
  }
}

const CODES = [
  "NOT_ELF",
  "MALFORMED_ELF",
  "AMBIGUOUS_NOTES",
  "MALFORMED_ARCHIVE",
  "MALFORMED_SIGNATURE",
  "LIMIT_EXCEEDED",
  "UNSUPPORTED_COMPRESSION",
];

function check(error: OgrtError): void {
  if (!CODES.includes(error.code)) throw new Error(`code ${error.code} does not belong here`, { cause: error });
  if (error.offset === undefined || !error.message.startsWith("fuzzed")) {
    throw new Error("an error without file or offset", { cause: error });
  }
}

/**
 * Reads that a file of `size` bytes may cost: a constant, and a few for each record that fits into the file. Cost that
 * grows faster than the file is a denial of service.
 */
export const allowed = (size: number): Cost => ({ reads: 3000 + size, bytes: 4_000_000 + 400 * size });
