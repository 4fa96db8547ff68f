import { readdirSync, readFileSync, realpathSync } from "node:fs";
import type { OgrtError } from "../errors.js";
import { unreadable } from "./file-errors.js";
import { parseMountinfo } from "./mounts.js";
import { openable, type RawPath, rawToText } from "./raw-path.js";

export interface TreeOptions {
  /** Do not go into other file systems that are mounted below. */
  oneFileSystem?: boolean;
  /** Directories to leave out. */
  skip?: (directory: RawPath) => boolean;
}

/** One directory of a tree: its regular files, by name, or why it could not be listed. */
export interface TreeStep {
  directory: RawPath;
  files: RawPath[];
  /** How many FIFOs, sockets and devices it has, which are never opened. */
  special: number;
  error?: OgrtError;
}

/** File systems that hold no programs; a look at some of their files has effects, and there is no end to them. */
const VIRTUAL = new Set(
  (
    "autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl mqueue nsfs proc pstore " +
    "rpc_pipefs securityfs selinuxfs sysfs tracefs"
  ).split(" "),
);

/**
 * Walks a directory tree, one step for each directory. Symbolic links are not followed, so there are no loops; virtual
 * file systems such as /proc are not entered.
 */
export function* walkTree(root: RawPath, options: TreeOptions = {}): Generator<TreeStep> {
  const mounts = mountPoints();
  const real = realRoot(root);
  const pending = [root];
  if (VIRTUAL.has(typeOf(real, mounts) ?? "")) return;
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const step: TreeStep = { directory, files: [], special: 0 };
    const prefix = directory.endsWith("/") ? directory : `${directory}/`;
    const subdirectories: RawPath[] = [];
    try {
      for (const entry of readdirSync(openable(directory), { withFileTypes: true, encoding: "latin1" })) {
        if (entry.isFile()) step.files.push(entry.name);
        else if (entry.isDirectory()) subdirectories.push(prefix + entry.name);
        else if (!entry.isSymbolicLink()) step.special++;
      }
    } catch (cause) {
      step.error = unreadable(rawToText(directory), cause);
    }
    yield step;
    for (const path of subdirectories.reverse()) {
      const type = mounts.get(real + path.slice(root.length)) ?? undefined;
      if (type !== undefined && (options.oneFileSystem === true || VIRTUAL.has(type))) continue;
      if (options.skip?.(path) !== true) pending.push(path);
    }
  }
}

function mountPoints(): Map<string, string> {
  try {
    return parseMountinfo(readFileSync("/proc/self/mountinfo", "latin1"));
  } catch {
    // Not Linux, or no /proc: then nothing of it can be walked into.
    return new Map();
  }
}

/** The root as mount points name it, without a slash at its end. */
function realRoot(root: RawPath): RawPath {
  try {
    const real = realpathSync(openable(root), "latin1");
    // Paths below are made by adding to the root as it was given.
    return root.endsWith("/") && !real.endsWith("/") ? `${real}/` : real;
  } catch {
    return root;
  }
}

function typeOf(path: RawPath, mounts: Map<string, string>): string | undefined {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const type = mounts.get(at);
    if (type !== undefined) return type;
  }
  return mounts.get("/");
}
