import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../support/tools.js";

/** A block of code in a guide. */
export interface Block {
  /** The guide, the heading above the block, and its number below that. */
  readonly name: string;
  readonly language: string;
  readonly text: string;
  /** Why a test cannot run it, from a comment before it. */
  readonly notRun: string | undefined;
}

const FENCE = /^( *)```(\w*)$/;
const NOT_RUN = /^<!-- not run by the test: (.*) -->$/;

/** The blocks of code of a guide, in order. Commands are those of the language `sh`. */
export function blocksOf(guide: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let number = 0;
  let open: { indent: string; language: string; lines: string[] } | undefined;
  let before = "";
  for (const line of readFileSync(join(root, "docs/guides", guide), "utf8").split("\n")) {
    const fence = FENCE.exec(line);
    if (open !== undefined) {
      if (fence === null) open.lines.push(line.slice(open.indent.length));
      else {
        const name = `${guide}: ${heading}, block ${++number}`;
        const notRun = NOT_RUN.exec(before)?.[1];
        blocks.push({ name, language: open.language, text: `${open.lines.join("\n")}\n`, notRun });
        open = undefined;
        before = "";
      }
    } else if (fence !== null) {
      open = { indent: fence[1] ?? "", language: fence[2] ?? "", lines: [] };
    } else {
      if (line.startsWith("#")) {
        heading = line.replace(/^#+ /, "");
        number = 0;
      }
      if (line !== "") before = line;
    }
  }
  return blocks;
}
