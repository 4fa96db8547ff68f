import { OgrtError } from "../../errors.js";
import { otherOwner } from "../../files/port-owner.js";
import { type Address, addressOf } from "./address.js";

/** What the collector cannot listen on. The transports have the names of their options. */
export type Unavailable =
  | ({ readonly transport: "udp" | "tcp" | "http" } & Address)
  | { readonly transport: "unix"; readonly path: string };

/** The error for an address that the system does not give to the collector, with what to do where it is taken. */
export function addressUnavailable(
  wanted: Unavailable,
  { code, message }: Pick<NodeJS.ErrnoException, "code" | "message">,
): OgrtError {
  const remedy = code === "EADDRINUSE" ? `; ${takenSentence(wanted)}` : "";
  const sentence = `cannot listen on ${wanted.transport} ${addressOf(wanted)}: ${message}${remedy}`;
  return new OgrtError("ADDRESS_UNAVAILABLE", sentence, { value: code });
}

function takenSentence(wanted: Unavailable): string {
  const { transport } = wanted;
  if (transport === "unix") return "another process receives there; choose another path with --unix";
  const owner = otherOwner(transport === "udp" ? "udp" : "tcp", wanted.host, wanted.port);
  const who = owner === undefined ? "another process" : `a process of another user (uid ${owner})`;
  return `${who} has this port; choose another with --${transport} HOST:PORT, where port 0 takes any free one`;
}
