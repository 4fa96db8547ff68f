import { readFileSync } from "node:fs";

const CACHE_TIME_MS = 1000;

/** A mounted file system. */
export interface Mount {
  /** Of the mount, not of the file system: no other mount of the host has it, in no mount namespace. */
  readonly id: string | undefined;
  /** Its mount point, one character for each byte. */
  readonly point: string;
  /** Name of the file system; undefined where "/" is not a mount point, as in a chroot. */
  readonly type: string | undefined;
  /** Of a FUSE file system: the user that mounted it, which the kernel states. */
  readonly fuseUser: number | undefined;
}

/** The mount points of /proc/self/mountinfo (proc_pid_mountinfo(5)), cached for `CACHE_TIME_MS`. */
export class MountTable {
  #mounts: ReadonlyMap<string, Mount> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;

  /** What is mounted right at a path. */
  get(path: Buffer): Mount | undefined {
    this.#refresh();
    return this.#mounts.get(path.toString("latin1"));
  }

  /** The mount that holds a path, by its text alone: the file system is not touched. */
  of(path: Buffer): Mount {
    this.#refresh();
    return mountOf(path.toString("latin1"), this.#mounts);
  }

  #refresh(): void {
    const now = performance.now();
    if (now - this.#readAt < CACHE_TIME_MS) return;
    this.#mounts = readMounts();
    this.#readAt = now;
  }
}

/** The mount that holds a path. */
export function mountOf(path: string, mounts: ReadonlyMap<string, Mount>): Mount {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = mounts.get(at);
    if (found !== undefined) return found;
  }
  return mounts.get("/") ?? { id: undefined, point: "/", type: undefined, fuseUser: undefined };
}

/** Mounts by mount point, as this process or another one sees them. */
export function readMounts(process: "self" | number = "self"): Map<string, Mount> {
  const path = `/proc/${process}/mountinfo`;
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch (cause) {
    // Without an errno, which would look like a missing reported file.
    throw new Error(`cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  return parseMountinfo(text);
}

/** A later mount at the same point hides an earlier one. */
export function parseMountinfo(text: string): Map<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const line of text.split("\n")) {
    const [fields = "", tail = ""] = line.split(" - ", 2);
    const [id, , , , escaped] = fields.split(" ");
    const [type, , options = ""] = tail.split(" ");
    if (escaped === undefined || type === undefined || type === "") continue;
    // Space, tab, newline and backslash in names appear as \ooo.
    const point = escaped.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
    const user = /(?:^|,)user_id=(\d+)/.exec(options)?.[1];
    mounts.set(point, { id, point, type, fuseUser: user === undefined ? undefined : Number(user) });
  }
  return mounts;
}
