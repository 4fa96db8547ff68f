import { printableJson } from "../text/escape.js";
import type { Stamp } from "./create.js";

/** A stamp as one JSON object; `createStamp(JSON.parse(text))` reads it. */
export function stampJson({ uuid, package: metadata }: Stamp): string {
  return `${printableJson({ uuid, package: metadata }, 2)}\n`;
}
