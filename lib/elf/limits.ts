import type { OgrtError } from "../errors.js";

/** Bounds on what a file can make a reader do. All have defaults that no sound file seen so far comes near. */
export interface Limits {
  /** Notes read from one file. */
  maxNotes: number;
  /** Bytes of one note's descriptor. */
  maxDescriptorBytes: number;
  /** Entries read from the dynamic section. */
  maxDynamicEntries: number;
  /** Bytes of one string: a section name, a needed library, an interpreter. */
  maxStringBytes: number;
  /** Bytes of one section's data, as stored and as inflated. */
  maxDataBytes: number;
  /** Section headers that become objects of an `ElfFile`. */
  maxSections: number;
  /** Members of one archive. */
  maxMembers: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  maxNotes: 65_536,
  maxDescriptorBytes: 1 << 20,
  maxDynamicEntries: 65_536,
  maxStringBytes: 4096,
  maxDataBytes: 16 << 20,
  maxSections: 1 << 20,
  maxMembers: 1 << 20,
};

/** How to read: other limits, and who is told of damage that does not stop the reading. */
export interface ReadOptions extends Partial<Limits> {
  /**
   * Told of each malformed note list or note. It ends its own list, because nothing after it can be located; the other
   * lists are still read. Without a listener such lists simply end there.
   */
  onProblem?: (problem: OgrtError) => void;
}

/** The limit as given or its default. */
export function limit(options: ReadOptions, name: keyof Limits): number {
  return options[name] ?? DEFAULT_LIMITS[name];
}
