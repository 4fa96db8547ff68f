/** A file of a catalogue, with the name of its software. */
type CataloguedFile = readonly [
  path: string,
  soname: string | null,
  buildId: string | null,
  signatures: readonly string[],
  software: string,
];

/** A source of names that can change: a register or a catalogue. */
export interface NameSource {
  readonly path: string;
  /** A text that changes when the source does. */
  readonly fingerprint: () => string;
  /** Pairs of signature and name, one by one, so that memory need not hold all of them. */
  readonly pairs: () => Iterable<readonly [signature: string, name: string]>;
  /** Installed files; catalogues have them. */
  readonly files?: () => Iterable<CataloguedFile>;
}

/** The state of all sources. */
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
