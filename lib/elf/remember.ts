import type { Elf } from "./elf.js";

const cache = /* @__PURE__ */ new WeakMap<Elf, Map<string, unknown>>();

/**
 * Reads a part of a file once and keeps it for as long as the caller holds the `Elf` object, because several readers need
 * the same parts. Errors are not kept. A caller that passes bytes or a Source gets no caching.
 */
export function remember<T>(elf: Elf, part: string, read: () => T): T {
  let parts = cache.get(elf);
  if (parts === undefined) {
    parts = new Map();
    cache.set(elf, parts);
  }
  const before = parts.get(part);
  if (before !== undefined || parts.has(part)) return before as T;
  const value = read();
  parts.set(part, value);
  return value;
}
