import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { endianness } from "node:os";

/** Users up to here are root and services (login.defs(5)). */
const FIRST_PERSON = 1000;
/** systemd's dynamic users, and those that a user namespace does not know (systemd's UIDS-GIDS). */
const FIRST_DYNAMIC = 61_184;
const LAST_DYNAMIC = 65_535;

/** TCP_LISTEN in the kernel's include/net/tcp_states.h. A UDP socket has no such state. */
const LISTENING = "0A";
const ANY_IPV6 = "0".repeat(32);

/**
 * The user whose process receives at a numeric IPv4 address of this host, as long as that is another person: not this user,
 * root or a service. Undefined where the kernel does not tell, as for addresses of other hosts.
 */
export function otherOwner(protocol: "udp" | "tcp", host: string, port: number): number | undefined {
  if (!isIPv4(host)) return undefined;
  const own = hexadecimal(host);
  // The kernel prefers the socket with the most specific address.
  for (const [table, address] of [
    [protocol, own],
    [protocol, hexadecimal("0.0.0.0")],
    [`${protocol}6`, ANY_IPV6],
  ] as const) {
    const users = ownersIn(table, address, port);
    if (users.length > 0) return users.find(isOtherPerson);
  }
  return undefined;
}

function isOtherPerson(user: number): boolean {
  const isService = user < FIRST_PERSON || (user >= FIRST_DYNAMIC && user <= LAST_DYNAMIC);
  return !isService && user !== process.getuid?.();
}

/** The users in a table of proc_pid_net(5) who have a socket at an address. */
function ownersIn(table: string, address: string, port: number): number[] {
  const local = `${address}:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = readTable(table).map((line) => line.trim().split(/\s+/));
  // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …
  const found = rows.filter(([, at, , state]) => at === local && (table.startsWith("udp") || state === LISTENING));
  return found.map((row) => Number(row[7]));
}

function readTable(table: string): string[] {
  try {
    return readFileSync(`/proc/self/net/${table}`, "latin1").split("\n");
  } catch {
    return [];
  }
}

/** The kernel prints an address as a number of the processor. */
function hexadecimal(host: string): string {
  const bytes = host.split(".").map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, "0"));
  return (endianness() === "LE" ? bytes.reverse() : bytes).join("");
}
