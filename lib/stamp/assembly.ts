import noteTemplate from "../../asm-templates/note.s";
import packageTemplate from "../../asm-templates/package.s";
import propertyAarch64 from "../../asm-templates/property-aarch64.s";
import propertyI386 from "../../asm-templates/property-i386.s";
import propertyX86 from "../../asm-templates/property-x86_64.s";
import { createStamp, type Stamp } from "./create.js";
import { packageDescriptor } from "./package-metadata.js";
import { findTarget, type TargetName } from "./targets.js";

/** The property fragment of each target that needs one. */
export const PROPERTY_FRAGMENTS: Partial<Record<TargetName, string>> = {
  x86_64: propertyX86,
  i386: propertyI386,
  aarch64: propertyAarch64,
};

export interface AssemblyOptions {
  /**
   * Adds the property note that this target needs, so that a program linked with the stamp keeps its CET or BTI property.
   * Without it the text assembles for every target.
   */
  target?: string;
}

/**
 * GNU assembly of a stamp, for `as` or any compiler driver. It does not make the stack of the program executable.
 *
 * @throws {@link OgrtError} INVALID_TARGET; INVALID_UUID or INVALID_METADATA when the stamp is invalid.
 */
export function stampAssembly(stamp: Stamp, { target }: AssemblyOptions = {}): string {
  const property = target === undefined ? "" : (PROPERTY_FRAGMENTS[findTarget(target).name] ?? "");
  return notesAssembly(stamp) + property;
}

/** The notes alone. Checks the stamp again, because any other text would be instructions to the assembler. */
export function notesAssembly(stamp: Stamp): string {
  const { uuid, package: metadata } = createStamp(stamp);
  const note = noteTemplate.replace("@UUID@", uuid);
  if (metadata === undefined) return note;
  const descriptor = packageDescriptor(metadata);
  return note + packageTemplate.replace("@SIZE@", `${descriptor.length}`).replace("@BYTES@", byteLines(descriptor));
}

/** Bytes as numbers, so that no byte can end a string or start a directive. */
function byteLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(`\t.byte ${bytes.subarray(at, at + 16).join(",")}`);
  return lines.join("\n");
}
