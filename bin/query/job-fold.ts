import type { Placed } from "../../lib/lists/process-tree.js";

/** Processes of a job that are shown as one: the ranks of a parallel program. */
export interface Fold extends Placed {
  /** All of them, the shown one first. */
  readonly ranks: readonly Placed["process"][];
}

/**
 * Folds neighbours below the same process that run the same: the same program, user, modules and objects with the same
 * verdicts, and nothing below them. Their arguments may differ, as those of ranks do.
 */
export function foldRanks(placed: readonly Placed[]): Fold[] {
  const folds: (Placed & { ranks: Placed["process"][]; readonly key: string | undefined })[] = [];
  for (const one of placed) {
    const key = rankKey(one);
    const last = folds.at(-1);
    if (key !== undefined && last?.key === key) last.ranks.push(one.process);
    else folds.push({ ...one, ranks: [one.process], key });
  }
  return folds;
}

function rankKey({ process, hidden }: Placed): string | undefined {
  const { program, objects, modules, claimed, placement, tree, counts, end } = process;
  if (tree.descendants > 0 || hidden > 0) return undefined;
  const identities = [program, ...objects, ...(end?.objects ?? [])].map(({ path, buildId, signatures, verdict }) => [
    ...[path, buildId, verdict],
    ...signatures,
  ]);
  const place = [tree.level, tree.parent, placement.arrayTask, claimed.user, end === null, counts.objects];
  return JSON.stringify([place, modules, identities]);
}
