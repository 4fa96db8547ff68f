import type { CatalogueEntry } from "./catalogue.js";

/** One difference between two states of a software tree. */
export interface Change {
  /**
   * `rebuilt`: same path, another build. `re-stamped`: same build-id, other UUIDs. `stamp lost`: had UUIDs, has none.
   * `moved`: the same build at another path.
   */
  change: "added" | "removed" | "rebuilt" | "re-stamped" | "stamp lost" | "moved";
  /** Path relative to the compared roots; of the new state, except for `removed`. */
  path: string;
  /** For `moved`: the old path. */
  from?: string;
  before?: CatalogueEntry;
  after?: CatalogueEntry;
}

/**
 * Changes from one state to another, by path. The keys of both maps are comparable paths; see {@link byRelativePath}.
 */
export function compareCatalogues(before: Map<string, CatalogueEntry>, after: Map<string, CatalogueEntry>): Change[] {
  const changes: Change[] = [];
  const removed = new Map<string, [path: string, entry: CatalogueEntry][]>();
  for (const [path, old] of before) {
    const now = after.get(path);
    if (now === undefined) {
      const identity = identityOf(old);
      removed.set(identity, [...(removed.get(identity) ?? []), [path, old]]);
      continue;
    }
    const change = changeOf(old, now);
    if (change !== undefined) changes.push({ change, path, before: old, after: now });
  }
  for (const [path, now] of after) {
    if (before.has(path)) continue;
    const identity = identityOf(now);
    // Without UUID and build-id there is no evidence of the same build.
    const moved = identity === "" ? undefined : removed.get(identity)?.shift();
    if (moved === undefined) changes.push({ change: "added", path, after: now });
    else changes.push({ change: "moved", path, from: moved[0], before: moved[1], after: now });
  }
  for (const left of removed.values()) {
    for (const [path, old] of left) changes.push({ change: "removed", path, before: old });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function changeOf(old: CatalogueEntry, now: CatalogueEntry): Change["change"] | undefined {
  const stamps = (entry: CatalogueEntry) => entry.uuids?.join(" ") ?? "";
  if (stamps(old) !== "" && stamps(now) === "") return "stamp lost";
  const bothKnown = old.buildId !== undefined && now.buildId !== undefined;
  if (bothKnown ? old.buildId !== now.buildId : old.buildId !== now.buildId && stamps(old) !== stamps(now))
    return "rebuilt";
  if (stamps(old) !== stamps(now)) return bothKnown ? "re-stamped" : "rebuilt";
  if (bothKnown) return undefined;
  const hashed = old.sha256 !== undefined && now.sha256 !== undefined;
  return (hashed ? old.sha256 !== now.sha256 : old.size !== now.size) ? "rebuilt" : undefined;
}

const identityOf = ({ uuids, buildId }: CatalogueEntry): string =>
  uuids === undefined && buildId === undefined ? "" : `${buildId ?? ""} ${uuids?.join(" ") ?? ""}`;

/** Entries by path. With exactly one root, paths are relative to it, so that two trees can be compared. */
export function byRelativePath(
  entries: Iterable<CatalogueEntry>,
  roots: readonly string[],
): Map<string, CatalogueEntry> {
  const [root = ""] = roots;
  const prefix = roots.length !== 1 ? "" : root.endsWith("/") ? root : `${root}/`;
  const map = new Map<string, CatalogueEntry>();
  for (const entry of entries) {
    const { path } = entry;
    map.set(prefix !== "" && path.startsWith(prefix) ? path.slice(prefix.length) : path, entry);
  }
  return map;
}
