import type { Stamp } from "./create.js";

/** A stamp as one JSON object; `createStamp(JSON.parse(text))` reads it. */
export function stampJson({ uuid, package: metadata }: Stamp): string {
  return `${JSON.stringify({ uuid, package: metadata }, null, 2)}\n`;
}
