import type { Socket } from "node:net";
import { findBuiltFile } from "../../../files/package-root.js";

/** The uid of the process that connected to a unix socket; undefined when the kernel does not tell. */
export type PeerUser = (socket: Socket) => number | undefined;

/** Loads native-peer, since Node.js does not tell. Undefined when it is not built, or not for this machine. */
export function loadPeerUser(): PeerUser | undefined {
  const file = findBuiltFile("collector/peer.node");
  if (file === undefined) return undefined;
  const module: { exports: unknown } = { exports: {} };
  try {
    process.dlopen(module, file);
  } catch {
    return undefined;
  }
  const uidOf = module.exports as (descriptor: number) => number;
  return (socket) => {
    const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly fd?: number } | null };
    const uid = handle?.fd === undefined ? -1 : uidOf(handle.fd);
    return uid < 0 ? undefined : uid;
  };
}
