import { openFileSource } from "../../lib/files/index.js";
import { ElfFile, OgrtError } from "../../lib/index.js";
import { ourView, type View } from "./readelf.js";

/** The differences between our reading of a file and GNU readelf's, one line each. */
export function disagreements(path: string, theirs: View | undefined): string[] {
  if (theirs === undefined) return ["readelf prints nothing for this file"];
  using source = openFileSource(path);
  let ours: View;
  try {
    ours = ourView(new ElfFile(source), theirs);
  } catch (error) {
    if (error instanceof OgrtError) return [`we reject it: ${error.message}`];
    throw error;
  }
  const lines: string[] = [];
  for (const [name, value] of Object.entries(theirs.header)) {
    if (ours.header[name] !== value) lines.push(`header ${name}: readelf ${value}, we ${ours.header[name]}`);
  }
  for (const part of ["segments", "dynamic", "notes"] as const) lines.push(...compare(part, theirs[part], ours[part]));
  return lines;
}

/** The first three differences between two lists. */
export function compare(part: string, theirs: string[], ours: string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < Math.max(theirs.length, ours.length) && lines.length < 3; i++) {
    if (theirs[i] !== ours[i]) lines.push(`${part} ${i}: they "${theirs[i]}", we "${ours[i]}"`);
  }
  return lines;
}
