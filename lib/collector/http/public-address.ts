import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { hostname } from "node:os";

const WILDCARDS = ["0.0.0.0", "::"];

/**
 * The address that links for other hosts contain: of the address itself and the names of this host, the first that the
 * certificate is for, so that a browser accepts it. When it is for none of them, or without TLS, the first.
 *
 * @param address - `SCHEME://HOST:PORT`. A browser on another machine cannot open the wildcard address.
 * @param names - of this host.
 * @param certificate - undefined without TLS.
 */
export function publicAddress(
  address: string,
  names: readonly string[],
  certificate: X509Certificate | undefined,
): string {
  const { protocol, hostname: own, port } = new URL(address);
  const host = own.replace(/^\[|\]$/g, "");
  const candidates = [...(WILDCARDS.includes(host) ? [] : [host]), ...names, hostname()];
  const found = candidates.find((name) => certificate !== undefined && isFor(certificate, name)) ?? candidates[0];
  return `${protocol}//${found?.includes(":") ? `[${found}]` : found}${port === "" ? "" : `:${port}`}`;
}

/** Whether a certificate is for a name or an address. */
const isFor = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
