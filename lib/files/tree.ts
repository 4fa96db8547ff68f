import { readdirSync, realpathSync } from "node:fs";
import type { OgrtError } from "../errors.js";
import { unreadable } from "./file-errors.js";
import { isPseudoName } from "./file-systems.js";
import { type Mount, mountOf, readMounts } from "./mounts.js";
import { openable, type RawPath, rawToText } from "./raw-path.js";

export interface TreeOptions {
  /** Do not enter other file systems. */
  oneFileSystem: boolean;
  /** Tests for a directory to skip. */
  skip: (directory: RawPath) => boolean;
}

/** One directory of a tree: its regular files, by name, or why it could not be listed. */
export interface TreeStep {
  directory: RawPath;
  files: RawPath[];
  /** Number of FIFOs, sockets and devices, which are never opened. */
  special: number;
  error?: OgrtError;
}

/**
 * Walks a directory tree, one step per directory. It does not follow symbolic links, so there are no loops, and does not
 * enter pseudo file systems such as /proc.
 */
export function* walkTree(root: RawPath, { oneFileSystem, skip }: TreeOptions): Generator<TreeStep> {
  const mounts = mountPoints();
  const real = realRoot(root);
  const pending = [root];
  if (isPseudoName(mountOf(real, mounts).type)) return;
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
      const mount = mounts.get(real + path.slice(root.length));
      if (mount !== undefined && (oneFileSystem || isPseudoName(mount.type))) continue;
      if (!skip(path)) pending.push(path);
    }
  }
}

function mountPoints(): ReadonlyMap<string, Mount> {
  try {
    return readMounts();
  } catch {
    // Not Linux, or no /proc: there is no pseudo file system to skip.
    return new Map();
  }
}

/** The root with links resolved, as mount points are named. */
function realRoot(root: RawPath): RawPath {
  try {
    const real = realpathSync(openable(root), "latin1");
    // The walk appends names to the root as given.
    return root.endsWith("/") && !real.endsWith("/") ? `${real}/` : real;
  } catch {
    return root;
  }
}
