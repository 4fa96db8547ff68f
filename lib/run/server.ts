import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { OgrtError } from "../errors.js";
import { otherOwner } from "../files/port-owner.js";
import { MAX_SOCKET_PATH_BYTES } from "../shared/socket-path.js";
import { parseWholeNumber } from "../shared/whole-number.js";
import { DEFAULT_PORT } from "../wire/index.js";

const LOOPBACK = "127.0.0.1";
export const DEFAULT_SERVER = `udp://${LOOPBACK}:${DEFAULT_PORT}`;

/**
 * The server for a user who has named none.
 *
 * @throws {@link OgrtError} COLLECTOR_FOREIGN when another person receives there, who would get reports not meant for them.
 */
export function defaultServer(): string {
  const owner = otherOwner("udp", LOOPBACK, DEFAULT_PORT);
  if (owner === undefined) return DEFAULT_SERVER;
  // native-preload/launch/ogrt-run.c has the same sentence.
  const who = `this default server belongs to another user (uid ${owner}), who would learn what the command runs`;
  throw new OgrtError("COLLECTOR_FOREIGN", `${DEFAULT_SERVER}: ${who}; name a server with --server or OGRT_SERVER`);
}

const invalid = (url: string, reason: string, cause?: unknown): OgrtError =>
  new OgrtError("INVALID_SERVER", `the server '${url}' ${reason}`, { value: url, cause });

function unixPath(url: string, path: string): string {
  if (!path.startsWith("/")) throw invalid(url, "needs an absolute path, as in unix:///run/ogrt.sock");
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES)
    throw invalid(url, `has a path of more than ${MAX_SOCKET_PATH_BYTES} bytes`);
  return url;
}

/**
 * The server URL with a numeric address, as the preload library needs it: a starting process must not wait for a name
 * server. Resolves a host name once for the whole command. Prefers IPv4, on which collectors listen by default.
 */
export async function numericServer(url: string): Promise<string> {
  const [, scheme, rest = ""] = /^(udp|tcp|unix):\/\/(.*)$/s.exec(url) ?? [];
  if (scheme === undefined) throw invalid(url, "is not of the form udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH");
  if (scheme === "unix") return unixPath(url, rest);

  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:[\]/]+))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw invalid(url, "has no host");
  const port = portText === undefined ? DEFAULT_PORT : parseWholeNumber(portText, 1, 65535);
  if (port === undefined) throw invalid(url, "has a port outside 1 to 65535");
  if (bracketed !== undefined && isIP(bracketed.replace(/%\d+$/, "")) !== 6) {
    throw invalid(url, "has brackets around something other than an IPv6 address");
  }
  const address = bracketed ?? (isIP(host) === 4 ? host : await addressOf(url, host));
  return `${scheme}://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

async function addressOf(url: string, host: string): Promise<string> {
  try {
    const addresses = await lookup(host, { all: true });
    const best = addresses.find(({ family }) => family === 4) ?? addresses[0];
    if (best !== undefined) return best.address;
  } catch (cause) {
    throw invalid(url, "names a host that has no address", cause);
  }
  throw invalid(url, "names a host that has no address");
}
