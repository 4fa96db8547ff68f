import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Counts the datagrams that the kernel dropped because the receive buffer of a socket was full: column `drops` of
 * /proc/net/udp and udp6 (proc(5)). Node does not expose the inode of a socket, so the sockets of this process are those
 * whose inode is among its descriptors.
 */
export class KernelDrops {
  readonly #ports: ReadonlySet<number>;
  /** The last value of each counter of the kernel, by inode. Counters wrap at 2^32. */
  readonly #last = new Map<string, number>();
  #total = 0;

  constructor(ports: Iterable<number>) {
    this.#ports = new Set(ports);
  }

  /** Returns the total since the start. The kernel drops a counter with its socket, so read it before you close the socket. */
  read(): number {
    if (this.#ports.size === 0) return 0;
    const own = ownSockets();
    for (const table of ["/proc/self/net/udp", "/proc/self/net/udp6"]) {
      for (const { port, inode, drops } of parseUdpTable(readOr(() => readFileSync(table, "latin1"), ""))) {
        if (!this.#ports.has(port) || !own.has(inode)) continue;
        this.#total += (drops - (this.#last.get(inode) ?? 0)) >>> 0;
        this.#last.set(inode, drops);
      }
    }
    return this.#total;
  }
}

/** The lines of the table. Its columns are `sl local_address rem_address st queues tr tm retrnsmt uid timeout inode … drops`. */
export function parseUdpTable(text: string): { port: number; inode: string; drops: number }[] {
  return text
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const port = Number.parseInt(fields[1]?.split(":")[1] ?? "", 16);
      const inode = fields[9];
      const drops = Number(fields[12]);
      return inode === undefined || Number.isNaN(port) || Number.isNaN(drops) ? [] : [{ port, inode, drops }];
    });
}

/** Inodes of the sockets of this process. */
function ownSockets(): Set<string> {
  const descriptors = readOr(() => readdirSync("/proc/self/fd"), []);
  // A descriptor may have been closed meanwhile.
  const targets = descriptors.map((descriptor) => readOr(() => readlinkSync(`/proc/self/fd/${descriptor}`), ""));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}

/** What a read of /proc returns, or the default where there is no /proc or no IPv6. */
function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
