import { once } from "node:events";
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { connect, type Server } from "node:net";
import type { Address } from "./address.js";

/** Processes of all users may connect to the socket. */
const SOCKET_MODE = 0o666;

/** Opens a TCP or unix listener and returns it with its real port. */
export async function listen<L extends Address | { readonly path: string }>(server: Server, listener: L): Promise<L> {
  if ("path" in listener) {
    await removeStaleSocket(listener.path);
    server.listen(listener.path);
    await once(server, "listening");
    chmodSync(listener.path, SOCKET_MODE);
    return listener;
  }
  server.listen(listener.port, listener.host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return { ...listener, port: address.port };
}

/** Removes the socket of a collector that was killed. Leaves a socket that accepts connections, and every other file. */
async function removeStaleSocket(path: string): Promise<void> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return;
  const isStale = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.on("connect", () => {
      probe.destroy();
      resolve(false);
    });
    probe.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "ECONNREFUSED"));
  });
  if (isStale) unlinkSync(path);
}
