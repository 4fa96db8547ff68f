import { OgrtError } from "../errors.js";
import type { Source } from "./source.js";

/** The error for an impossible value in an ELF file. `offset` is where the value stands in the file. */
export function malformed(source: Source, offset: number, value: number | bigint, sentence: string): OgrtError {
  return new OgrtError("MALFORMED_ELF", `malformed ELF at offset 0x${offset.toString(16)}: ${sentence}`, {
    path: source.path,
    offset,
    value,
  });
}
