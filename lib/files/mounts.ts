import { readFileSync } from "node:fs";

/** How long a read of the mount table is believed, in milliseconds. */
const BELIEVED = 1000;

/** Where automount points are, from /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export class MountTable {
  #types = new Map<string, string>();
  #hasAutomounts = false;
  #readAt = Number.NEGATIVE_INFINITY;

  /**
   * Whether going from a directory to the path right below it could make the automounter mount something: the
   * directory belongs to an autofs and nothing is mounted yet at the path, or the path itself is an autofs.
   */
  isAutomount(directory: Buffer, path: Buffer): boolean {
    this.#refresh();
    if (!this.#hasAutomounts) return false;
    const own = this.#types.get(path.toString("latin1"));
    if (own !== undefined) return own === "autofs";
    return this.#typeAt(directory.toString("latin1")) === "autofs";
  }

  /** The mount point that a path lies at or below, by its text alone: nothing is touched. */
  pointOf(path: Buffer): string {
    this.#refresh();
    for (let at = path.toString("latin1"); at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      if (this.#types.has(at)) return at;
    }
    return "/";
  }

  /** File system type of the mount that holds a directory. */
  #typeAt(directory: string): string | undefined {
    for (let at = directory; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const type = this.#types.get(at);
      if (type !== undefined) return type;
    }
    return this.#types.get("/");
  }

  #refresh(): void {
    const now = performance.now();
    if (now - this.#readAt < BELIEVED) return;
    this.#readAt = now;
    this.#types = parseMountinfo(readMountinfo());
    this.#hasAutomounts = [...this.#types.values()].includes("autofs");
  }
}

function readMountinfo(): string {
  try {
    return readFileSync("/proc/self/mountinfo", "latin1");
  } catch (cause) {
    // Not to be mistaken for a missing file of somebody's report: no errno here.
    throw new Error("/proc is not mounted", { cause });
  }
}

/** Mount point to file system type; a later mount at the same point hides an earlier one. */
export function parseMountinfo(text: string): Map<string, string> {
  const types = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [fields = "", tail = ""] = line.split(" - ", 2);
    const point = fields.split(" ")[4];
    const type = tail.split(" ")[0];
    if (point === undefined || type === undefined || type === "") continue;
    // Space, tab, newline and backslash in names are written as \ooo.
    types.set(
      point.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
      type,
    );
  }
  return types;
}
