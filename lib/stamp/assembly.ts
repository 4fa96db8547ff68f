import noteTemplate from "../../asm-templates/note.s";
import type { Stamp } from "./create.js";

/**
 * GNU assembly of a stamp, for `as` or any compiler driver. The same text assembles for every target, and it does not
 * make the stack of what it is linked into executable.
 */
export function stampAssembly(stamp: Stamp): string {
  return noteTemplate.replace("@UUID@", stamp.uuid);
}
