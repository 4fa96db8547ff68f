import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Counts the datagrams that the kernel dropped because the receive buffer of a socket was full: column `drops` of
 * /proc/net/udp and udp6 (proc(5)). Node does not tell the inode of a socket, so the sockets of this process are those
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

  /** Returns the total since the start. A counter ends with its socket, so read it before the socket is closed. */
  read(): number {
    if (this.#ports.size === 0) return 0;
    const own = ownSockets();
    for (const table of ["/proc/self/net/udp", "/proc/self/net/udp6"]) {
      for (const { port, inode, drops } of parseUdpTable(readTable(table))) {
        if (!this.#ports.has(port) || !own.has(inode)) continue;
        this.#total += (drops - (this.#last.get(inode) ?? 0)) >>> 0;
        this.#last.set(inode, drops);
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

/** The lines of the table. Its columns are `sl local_address rem_address st queues tr tm retrnsmt uid timeout inode … drops`. */
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
    // There is no IPv6, or no /proc.
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
      // The descriptor was closed meanwhile.
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
