/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
}

/** Formats an address as `HOST:PORT` or `[IPv6]:PORT`. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Formats the address or path of a listener. */
export const addressOf = (listener: Address | { readonly path: string }) =>
  "path" in listener ? listener.path : formatAddress(listener);

/** The address in a URL that names a port. */
export const addressInUrl = ({ hostname, port }: URL): Address => ({
  host: hostname.replace(/^\[|\]$/g, ""),
  port: Number(port),
});
