import type { FileIdentity } from "../files/guarded.js";
import { BoundedMap } from "../shared/bounded-map.js";
import type { Found } from "./finding.js";

/** Memory of a finding besides its texts, which take up to two bytes per character. */
const FINDING_OVERHEAD_BYTES = 400;
const TEXT_OVERHEAD_CHARACTERS = 32;
/** Findings of one generation. */
const MAX_PARSED_BYTES = 8 * 1024 * 1024;
/**
 * A file that changed this recently may change again without new times: some file systems count whole seconds, and the
 * clock of others ticks every few milliseconds.
 */
const SETTLED_AFTER_MS = 1000;

/** Findings by the identity of the file: however many paths lead to it, it is parsed once. */
export class ParsedFiles {
  readonly #files = new BoundedMap<Found>(MAX_PARSED_BYTES, bytesOf);

  get(identity: FileIdentity): Found | undefined {
    return this.#files.get(keyOf(identity));
  }

  /** Keeps findings that the file alone determines. */
  set(identity: FileIdentity, found: Found): void {
    if (found.state === "unchecked" || (found.state === "unreadable" && found.reason === "io-error")) return;
    const latest = identity.changed > identity.modified ? identity.changed : identity.modified;
    if (BigInt(Date.now() - SETTLED_AFTER_MS) * 1_000_000n < latest) return;
    this.#files.set(keyOf(identity), found);
  }
}

const keyOf = ({ device, inode, size, modified, changed }: FileIdentity) =>
  `${device} ${inode} ${size} ${modified} ${changed}`;

/** Memory that a finding takes in a map, with its key. */
export function bytesOf(key: string, found: Found): number {
  if (found.state !== "read") return FINDING_OVERHEAD_BYTES + 2 * key.length;
  const lists = [...found.signatures, ...(found.compilers ?? [])];
  const own = (found.buildId?.length ?? 0) + (found.package?.length ?? 0);
  const texts = lists.reduce((sum, text) => sum + text.length + TEXT_OVERHEAD_CHARACTERS, own);
  return FINDING_OVERHEAD_BYTES + 2 * (key.length + texts);
}
