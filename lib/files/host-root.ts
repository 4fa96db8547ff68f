import { statSync } from "node:fs";
import { readMounts } from "./mounts.js";

/** The first process of this host. Its mount namespace is that of the host. */
const FIRST_PROCESS = 1;

/**
 * The root directory, with the ids of its mount in the mount namespaces of the host and of this process: service managers
 * often start a service in a namespace of its own. No ids when /proc does not show the first process.
 */
export function hostRoot(): { device: bigint; inode: bigint; mountIds: bigint[] } {
  const { dev, ino } = statSync("/", { bigint: true });
  return { device: dev, inode: ino, mountIds: mountIds() };
}

function mountIds(): bigint[] {
  try {
    const ids = [readMounts(FIRST_PROCESS), readMounts()].map((mounts) => mounts.get("/")?.id);
    return ids[0] === undefined ? [] : ids.filter((id) => id !== undefined).map(BigInt);
  } catch {
    return [];
  }
}
