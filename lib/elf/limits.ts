import type { OgrtError } from "../errors.js";

/** Limits of what a reader reads from one file. Valid files stay far below the defaults. */
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
  /** Sections of an `ElfFile`. */
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

/** Limits other than the defaults, and a listener for damage that does not stop the reader. */
export interface ReadOptions extends Partial<Limits> {
  /**
   * Called for each malformed note list or note. A malformed note ends its list, because nothing after it can be located;
   * the reader continues with the other lists. Without a listener such lists end silently, but a limit is thrown.
   */
  onProblem?: (problem: OgrtError) => void;
}

/** A limit from the options, or its default. */
export function limit(options: ReadOptions, name: keyof Limits): number {
  return options[name] ?? DEFAULT_LIMITS[name];
}

/** Tells the listener of a problem. Without one, notes beyond a limit must not seem absent. */
export function report({ onProblem }: ReadOptions, problem: OgrtError): void {
  if (onProblem !== undefined) onProblem(problem);
  else if (problem.code === "LIMIT_EXCEEDED") throw problem;
}
