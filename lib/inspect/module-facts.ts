import { ElfFile, type ReadOptions, type Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { inflateModule, type ModuleCompression } from "../files/index.js";
import { elfFacts } from "./facts.js";
import type { FileFinding, StatedFacts } from "./finding.js";

/** The facts of a compressed kernel module: of its content, or that there is one which cannot be read. */
export function moduleFacts(
  source: Source,
  compression: ModuleCompression,
  options: ReadOptions,
): StatedFacts & Pick<FileFinding, "compression"> {
  try {
    return { ...elfFacts(new ElfFile(inflateModule(source, compression), options), options), compression };
  } catch (error) {
    if (!(error instanceof OgrtError) || error.code !== "UNSUPPORTED_COMPRESSION") throw error;
    options.onProblem?.(error);
    return { kind: "kernel module", compression, signatures: [], needed: [], compilers: [], notes: [] };
  }
}
