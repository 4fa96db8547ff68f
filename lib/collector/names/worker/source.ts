/** A file of a catalogue, with the name of its software. */
type CataloguedFile = readonly [
  path: string,
  soname: string | null,
  buildId: string | null,
  signatures: readonly string[],
  software: string,
];

/** Anything that gives names to signatures and can change: a register, a catalogue. */
export interface NameSource {
  /** For messages to people. */
  readonly path: string;
  /** A text that changes when there is something new to read. */
  readonly fingerprint: () => string;
  /** Signature and name, one pair after the other, so that they need not all be in memory. */
  readonly pairs: () => Iterable<readonly [signature: string, name: string]>;
  /** Installed files, where the source knows any. */
  readonly files?: () => Iterable<CataloguedFile>;
}

/** State of all sources; the same text while there is nothing new to read. */
export function fingerprintOf(sources: readonly NameSource[]): string {
  return sources.map(attempt).join("\n");
}

function attempt(source: NameSource): string {
  try {
    return source.fingerprint();
  } catch {
    return "unreadable";
  }
}
