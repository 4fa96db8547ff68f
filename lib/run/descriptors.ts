import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** O_CLOEXEC of `flags` in proc_pid_fdinfo(5), which is octal. */
const CLOSE_ON_EXEC = 0o2000000;
/** What the event loop of Node.js consists of, besides pipes. */
const EVENT_LOOP = new Set(["anon_inode:[eventpoll]", "anon_inode:[eventfd]", "anon_inode:[io_uring]"]);

/** The open descriptors of a process and what they refer to; nothing if it cannot be read. */
function descriptorsOf(process: string): Map<number, string> {
  const found = new Map<number, string>();
  try {
    for (const name of readdirSync(`/proc/${process}/fd`)) {
      try {
        found.set(Number(name), readlinkSync(`/proc/${process}/fd/${name}`));
      } catch {
        // The descriptor of the directory itself is closed again.
      }
    }
  } catch {
    // Another user's process, or no /proc.
  }
  return found;
}

function closesOnExec(descriptor: number): boolean {
  const [, flags = "0"] = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8")) ?? [];
  return (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) !== 0;
}

/**
 * Descriptors above 2 that this process has inherited and that its children would not get: Node.js marks all of them
 * close-on-exec when it starts. Its own are recognized: they are those of its event loop, and pipes of which this process
 * has both ends and its parent none. The jobserver of make is a pipe that also the parent has. Node.js opens /dev/null,
 * too; that does no harm.
 */
export function inheritedDescriptors(): number[] {
  const open = descriptorsOf("self");
  const parent = new Set(descriptorsOf(String(process.ppid)).values());
  const holders = new Map<string, number>();
  for (const target of open.values()) holders.set(target, (holders.get(target) ?? 0) + 1);
  const own = (target: string): boolean =>
    EVENT_LOOP.has(target) || (target.startsWith("pipe:") && (holders.get(target) ?? 0) > 1 && !parent.has(target));
  return [...open].filter(([fd, target]) => fd > 2 && !own(target) && closesOnExec(fd)).map(([fd]) => fd);
}

/** `stdio` of a child that gets standard streams and these descriptors, each under its number. */
export function stdioWith(descriptors: readonly number[]): (number | "ignore")[] {
  const length = Math.max(2, ...descriptors) + 1;
  const passed = new Set([0, 1, 2, ...descriptors]);
  return Array.from({ length }, (_, fd) => (passed.has(fd) ? fd : "ignore"));
}
