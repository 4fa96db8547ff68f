import { readFileSync } from "node:fs";

const CACHE_TIME_MS = 1000;

/** The mount points of /proc/self/mountinfo (proc_pid_mountinfo(5)), cached for `CACHE_TIME_MS`. */
export class MountTable {
  #types = new Map<string, string>();
  #hasAutomounts = false;
  #readAt = Number.NEGATIVE_INFINITY;

  /**
   * Whether entering a path right below a directory can trigger the automounter: the directory belongs to an autofs and
   * nothing is mounted at the path yet, or the path itself is an autofs.
   */
  isAutomount(directory: Buffer, path: Buffer): boolean {
    this.#refresh();
    if (!this.#hasAutomounts) return false;
    const own = this.#types.get(path.toString("latin1"));
    if (own !== undefined) return own === "autofs";
    return typeAt(directory.toString("latin1"), this.#types) === "autofs";
  }

  /** The mount point at or above a path, by its text alone: the file system is not touched. */
  pointOf(path: Buffer): string {
    this.#refresh();
    return pointAt(path.toString("latin1"), this.#types);
  }

  #refresh(): void {
    const now = performance.now();
    if (now - this.#readAt < CACHE_TIME_MS) return;
    this.#readAt = now;
    this.#types = readMounts();
    this.#hasAutomounts = [...this.#types.values()].includes("autofs");
  }
}

/** File system type of the mount that holds a path. */
export const typeAt = (path: string, types: ReadonlyMap<string, string>): string | undefined =>
  types.get(pointAt(path, types));

function pointAt(path: string, types: ReadonlyMap<string, string>): string {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) if (types.has(at)) return at;
  return "/";
}

/** File system types by mount point. */
export function readMounts(): Map<string, string> {
  try {
    return parseMountinfo(readFileSync("/proc/self/mountinfo", "latin1"));
  } catch (cause) {
    // Without an errno, which would look like a missing reported file.
    throw new Error("/proc is not mounted", { cause });
  }
}

/** A later mount at the same point hides an earlier one. */
export function parseMountinfo(text: string): Map<string, string> {
  const types = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [fields = "", tail = ""] = line.split(" - ", 2);
    const point = fields.split(" ")[4];
    const type = tail.split(" ")[0];
    if (point === undefined || type === undefined || type === "") continue;
    // Space, tab, newline and backslash in names appear as \ooo.
    types.set(
      point.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
      type,
    );
  }
  return types;
}
