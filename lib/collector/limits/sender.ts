import { isIPv6 } from "node:net";

/** Groups of an IPv6 address that name a network; a host has the other four to itself (RFC 4291 section 2.5.4). */
const NETWORK_GROUPS = 4;

/**
 * Whose an address is, for limits by sender: an IPv4 address, or the /64 of an IPv6 one, as one host has 2^64 of
 * those. Link-local addresses are all in the same /64, and nobody beyond the link has one.
 */
export function senderOf(address: string): string {
  const [text = ""] = address.split("%", 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(text) || /^fe[89ab]/i.test(text)) return address;
  const [head = "", tail] = text.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  // "::" stands for as many zeros as are missing; where it begins within the network, they end it or the tail does.
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    const length = after.length + (after.at(-1)?.includes(".") ? 1 : 0);
    groups.push(...Array<string>(8 - groups.length - length).fill("0"), ...after);
  }
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
