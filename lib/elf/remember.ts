import type { Elf } from "./elf.js";

const known = /* @__PURE__ */ new WeakMap<Elf, Map<string, unknown>>();

/**
 * What was read of a file once, for as long as the caller holds the file: several answers need the same parts. An error
 * is not remembered. Bytes and Sources are no keys, so whoever passes those keeps nothing.
 */
export function remember<T>(elf: Elf, part: string, read: () => T): T {
  let parts = known.get(elf);
  if (parts === undefined) {
    parts = new Map();
    known.set(elf, parts);
  }
  const before = parts.get(part);
  if (before !== undefined || parts.has(part)) return before as T;
  const value = read();
  parts.set(part, value);
  return value;
}
