import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Datagrams that the kernel threw away because a socket's receive buffer was full: the column `drops` of
 * /proc/net/udp and udp6 (proc(5)). Node gives no socket's inode, so ours are those that stand both there and among our
 * own descriptors.
 */
export class KernelDrops {
  readonly #ports: ReadonlySet<number>;
  /** The kernel's counters, which wrap at 2^32, as they were last seen; by inode. */
  readonly #seen = new Map<string, number>();
  #total = 0;

  constructor(ports: Iterable<number>) {
    this.#ports = new Set(ports);
  }

  /** All so far. The counter outlives no socket, so it must be read before they are closed. */
  read(): number {
    if (this.#ports.size === 0) return 0;
    const own = ownSockets();
    for (const table of ["/proc/self/net/udp", "/proc/self/net/udp6"]) {
      for (const { port, inode, drops } of parseUdpTable(readTable(table))) {
        if (!this.#ports.has(port) || !own.has(inode)) continue;
        this.#total += (drops - (this.#seen.get(inode) ?? 0)) >>> 0;
        this.#seen.set(inode, drops);
      }
    }
    return this.#total;
  }
}

interface UdpSocket {
  port: number;
  inode: string;
  drops: number;
}

/** Lines of the table; its columns are `sl local_address rem_address st queues tr tm retrnsmt uid timeout inode … drops`. */
export function parseUdpTable(text: string): UdpSocket[] {
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

function readTable(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Without IPv6, or without /proc: nothing to count.
    return "";
  }
}

function ownSockets(): Set<string> {
  const inodes = new Set<string>();
  for (const descriptor of listDescriptors()) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    } catch {
      // Closed meanwhile.
    }
  }
  return inodes;
}

function listDescriptors(): string[] {
  try {
    return readdirSync("/proc/self/fd");
  } catch {
    return [];
  }
}
