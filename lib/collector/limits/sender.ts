import { isIPv6 } from "node:net";

const UNIX = "unix ";

/** The sender at the other end of a unix socket: a user; without a uid, any of those whom nobody can tell apart. */
export const unixSender = (uid: number | undefined): string => `${UNIX}${uid ?? ""}`;

/** The uid of a sender on a unix socket; undefined of all others. */
export function userOfSender(sender: string): number | undefined {
  return sender.startsWith(UNIX) && sender.length > UNIX.length ? Number(sender.slice(UNIX.length)) : undefined;
}

/** Groups of an IPv6 address that name its network; the other four belong to the host (RFC 4291 section 2.5.4). */
const NETWORK_GROUPS = 4;

/**
 * The sender that an address belongs to, for rate limits: an IPv4 address, or the /64 network of an IPv6 address, since
 * one host has 2^64 of those. Link-local addresses share one /64 and cannot come from outside the link, so each is a
 * sender.
 */
export function senderOf(address: string): string {
  const [text = ""] = address.split("%", 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(text) || /^fe[89ab]/i.test(text)) return address;
  const [head = "", tail] = text.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  // "::" stands for the missing zeros. When it begins within the network part, zeros or the tail complete that part.
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    const length = after.length + (after.at(-1)?.includes(".") ? 1 : 0);
    groups.push(...Array<string>(8 - groups.length - length).fill("0"), ...after);
  }
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
