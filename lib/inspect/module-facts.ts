import { type ReadOptions, type Source, withBudget } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { inflateModule, type ModuleCompression } from "../files/index.js";
import { elfFacts } from "./facts.js";
import type { FileFinding, StatedFacts } from "./finding.js";

/** The facts of a compressed kernel module: of its content, or that there is one which was not read. */
export async function moduleFacts(
  source: Source,
  compression: ModuleCompression,
  options: ReadOptions,
): Promise<StatedFacts & Pick<FileFinding, "compression">> {
  try {
    const content = await inflateModule(withBudget(source, options), compression);
    return { ...elfFacts(content, options), compression };
  } catch (error) {
    const isLimit = error instanceof OgrtError && error.code === "LIMIT_EXCEEDED";
    if (!(error instanceof OgrtError) || !(isLimit || error.code === "UNSUPPORTED_COMPRESSION")) throw error;
    options.onProblem?.(error);
    const facts = { kind: "kernel module", compression, signatures: [], needed: [], compilers: [], notes: [] };
    return isLimit ? { ...facts, unread: ["content"] } : facts;
  }
}
