import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { loadPeerUser, type PeerUser } from "../../../lib/collector/ingest/worker/peer-user.js";
import { temporaryFolder } from "../../support/folder.js";

const peerUser = loadPeerUser() as PeerUser;
const folder = temporaryFolder();
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server at a path or on a port, and what it accepts next. */
async function listening(at: string | number) {
  const server = createServer();
  server.listen(at);
  await once(server, "listening");
  open.push(() => server.close());
  const accepted = async () => {
    const [socket] = (await once(server, "connection")) as [Socket];
    open.push(() => socket.destroy());
    return socket;
  };
  return { address: server.address() as string | AddressInfo, accepted };
}

it("the user of a unix socket is that of its process, also when the process has closed it", async () => {
  const { address, accepted } = await listening(join(folder, "own"));
  const connection = accepted();
  const client = connect(address as string);
  client.end();
  await once(client, "finish");
  client.destroy();
  expect(peerUser(await connection)).toBe(process.getuid?.());
});

it.skipIf(process.getuid?.() !== 0)("the user of a unix socket is told apart from others", async () => {
  const { address, accepted } = await listening(join(folder, "other"));
  chmodSync(folder, 0o755);
  chmodSync(address as string, 0o666);
  const connection = accepted();
  const code = `require("node:net").connect(${JSON.stringify(address)}).end()`;
  spawn(process.execPath, ["-e", code], { uid: 12_345, gid: 12_345, cwd: "/" });
  expect(peerUser(await connection)).toBe(12_345);
});

it("a TCP connection and a closed one have no user", async () => {
  const { address, accepted } = await listening(0);
  const connection = accepted();
  open.push(() => client.destroy());
  const client = connect((address as AddressInfo).port);
  const socket = await connection;
  expect(peerUser(socket)).toBeUndefined();
  socket.destroy();
  expect(peerUser(socket)).toBeUndefined();
});
