import { InvalidArgumentError } from "commander";

/** `HOST:PORT`, `[IPv6]:PORT`, `:PORT` or `PORT` (on loopback); port 0 takes any free one. */
export function parseAddress(text: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]:|([^:]*):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65535) throw new InvalidArgumentError("expected HOST:PORT.");
  return { host: match[1] ?? (match[2] || "127.0.0.1"), port };
}

export function formatAddress({ host, port }: { host: string; port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A whole number in a range, for an option. */
export function parseCount(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`expected a whole number from ${minimum} to ${maximum}.`);
  };
}
