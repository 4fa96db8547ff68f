import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { OgrtError } from "../errors.js";
import { parseWholeNumber } from "../shared/whole-number.js";

export const DEFAULT_SERVER = "udp://127.0.0.1:7971";
const DEFAULT_PORT = 7971;
/** Bytes of a path in `sockaddr_un`, its NUL not counted (unix(7)). */
const UNIX_PATH_MAX = 107;

const invalid = (url: string, reason: string, cause?: unknown): OgrtError =>
  new OgrtError("INVALID_SERVER", `the server '${url}' ${reason}`, { value: url, cause });

function unixPath(url: string, path: string): string {
  if (!path.startsWith("/")) throw invalid(url, "needs an absolute path, as in unix:///run/ogrt.sock");
  if (Buffer.byteLength(path) > UNIX_PATH_MAX) throw invalid(url, `has a path of more than ${UNIX_PATH_MAX} bytes`);
  return url;
}

/**
 * The server in the form that the preload library takes: numbers only, since a process that starts must not wait for a
 * name server. A host name is looked up here, once for the whole command; IPv4 first, as collectors listen there.
 */
export async function numericServer(url: string): Promise<string> {
  const [, scheme, rest = ""] = /^(udp|tcp|unix):\/\/(.*)$/s.exec(url) ?? [];
  if (scheme === undefined) throw invalid(url, "is not of the form udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH");
  if (scheme === "unix") return unixPath(url, rest);

  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:[\]/]+))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) throw invalid(url, "names no host");
  const port = portText === undefined ? DEFAULT_PORT : parseWholeNumber(portText, 1, 65535);
  if (port === undefined) throw invalid(url, "has a port outside 1 to 65535");
  if (bracketed !== undefined && isIP(bracketed.replace(/%\d+$/, "")) !== 6) {
    throw invalid(url, "has something else than an IPv6 address in brackets");
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
