import { groupBy } from "../shared/group-by.js";

interface TreeProcess {
  readonly uuid: string;
  readonly started: string;
  readonly pid: number;
  readonly parentPid: number;
  readonly claimed: { readonly host: string | null };
  /** The process image that this one replaced by exec. */
  readonly execOf: string | null;
}

/** Levels with lines. More lines would leave no room for names. */
const MAX_DRAWN_LEVELS = 10;

export interface Placed<P> {
  readonly process: P;
  /** Number of known ancestors. */
  readonly depth: number;
  /** For each drawn level, whether another process follows on it. */
  readonly follows: readonly boolean[];
}

/**
 * Processes in tree order. The parent of a process is the last process with the parent's pid that started before it on the
 * same host. An image that replaced another by exec stands after it, below the same parent.
 */
export function treeOf<P extends TreeProcess>(processes: readonly P[]): Placed<P>[] {
  const children = childrenOf(processes);
  const placed: Placed<P>[] = [];
  // Without recursion, since a chain of processes can be longer than the stack.
  const waiting: Placed<P>[] = (children.get(undefined) ?? [])
    .map((process) => ({ process, depth: 0, follows: [] }))
    .reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { process, depth, follows } = next;
    placed.push(next);
    const below = children.get(process) ?? [];
    for (let index = below.length - 1; index >= 0; index--) {
      const lines = depth < MAX_DRAWN_LEVELS ? [...follows, index < below.length - 1] : follows;
      waiting.push({ process: below[index] as P, depth: depth + 1, follows: lines });
    }
  }
  return placed;
}

/** The children of each process, those without a known parent under `undefined`. */
function childrenOf<P extends TreeProcess>(processes: readonly P[]): Map<P | undefined, P[]> {
  const byStart = [...processes].sort((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0));
  const byUuid = new Map(processes.map((process) => [process.uuid, process]));
  const newest = new Map<string, P>();
  const parents = new Map<P, P | undefined>();
  for (const process of byStart) {
    const { claimed, pid, parentPid, execOf } = process;
    const replaced = execOf === null ? undefined : byUuid.get(execOf);
    const parent =
      replaced !== undefined && parents.has(replaced)
        ? parents.get(replaced)
        : newest.get(`${claimed.host}/${parentPid}`);
    parents.set(process, parent);
    newest.set(`${claimed.host}/${pid}`, process);
  }
  return groupBy(byStart, (process) => parents.get(process));
}
