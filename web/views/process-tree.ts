/** What a tree of processes is made from. */
interface Node {
  readonly uuid: string;
  readonly started: string;
  readonly pid: number;
  readonly parentPid: number;
  readonly claimed: { readonly host: string | null };
  /** Image that this one replaced by exec. */
  readonly execOf: string | null;
}

/** Levels that are drawn: with more, names would have no room, and nobody counts the lines. */
const DRAWN = 10;

export interface Placed<P> {
  readonly process: P;
  /** Ancestors that are known. */
  readonly depth: number;
  /** For each level that is drawn whether another one follows there. */
  readonly follows: readonly boolean[];
}

/**
 * Processes in the order of a tree. The parent is the process with that pid on the same host that started last before;
 * an image that replaced another takes its place in the tree, after it.
 */
export function treeOf<P extends Node>(processes: readonly P[]): Placed<P>[] {
  const byStart = [...processes].sort((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0));
  const newest = new Map<string, P>();
  const byUuid = new Map(processes.map((process) => [process.uuid, process]));
  const children = new Map<P | undefined, P[]>();
  const parents = new Map<P, P | undefined>();
  for (const process of byStart) {
    const { claimed, pid, parentPid, execOf } = process;
    const replaced = execOf === null ? undefined : byUuid.get(execOf);
    const parent =
      replaced !== undefined && parents.has(replaced)
        ? parents.get(replaced)
        : newest.get(`${claimed.host}/${parentPid}`);
    parents.set(process, parent);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [process]);
    else siblings.push(process);
    newest.set(`${claimed.host}/${pid}`, process);
  }
  const placed: Placed<P>[] = [];
  // Without recursion: a chain may be longer than the stack.
  const waiting = (children.get(undefined) ?? [])
    .map((process) => ({ process, depth: 0, follows: [] as boolean[] }))
    .reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { process, depth, follows } = next;
    placed.push(next);
    const below = children.get(process) ?? [];
    for (let index = below.length - 1; index >= 0; index--) {
      const lines = depth < DRAWN ? [...follows, index < below.length - 1] : follows;
      waiting.push({ process: below[index] as P, depth: depth + 1, follows: lines });
    }
  }
  return placed;
}

/** The lines of a tree before a name: `│  └─ `. */
export function twig(follows: readonly boolean[]): string {
  return follows
    .map((more, level) => (level === follows.length - 1 ? (more ? "├─ " : "└─ ") : more ? "│  " : "   "))
    .join("");
}
