import type { OgrtError } from "../errors.js";

/** Limits of what a reader reads from one file. Valid files stay far below the defaults. */
export interface Limits {
  /** Work on one file, in steps of some 0.2 µs: bytes read, headers, notes and entries looked at, text decoded. */
  maxSteps: number;
  /** Bytes of all text from one file: names, paths, lines of `.comment`, decoded notes. */
  maxTextBytes: number;
  /** Bytes of all section data and descriptors from one file, as stored and as inflated. */
  maxDataBytes: number;
  /** Bytes of one note's descriptor. */
  maxDescriptorBytes: number;
  /** Bytes of one string: a section name, a needed library, an interpreter. */
  maxStringBytes: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  maxSteps: 500_000,
  maxTextBytes: 1 << 20,
  maxDataBytes: 16 << 20,
  maxDescriptorBytes: 1 << 20,
  maxStringBytes: 4096,
};

/** Limits other than the defaults, and a listener for damage that does not stop the reader. */
export interface ReadOptions extends Partial<Limits> {
  /**
   * Called for each malformed note list or note. A malformed note ends its list, because nothing after it can be located;
   * the reader continues with the other lists. Without a listener such lists end silently, but a limit is thrown.
   */
  onProblem?: (problem: OgrtError) => void;
}

/**
 * Tells the listener of a problem, and whether the reading ends there. Without a listener a limit is thrown: what lies beyond
 * it must not seem absent.
 */
export function report({ onProblem }: ReadOptions, problem: OgrtError): "goes on" | "ends" {
  const isLimit = problem.code === "LIMIT_EXCEEDED";
  if (isLimit && onProblem === undefined) throw problem;
  onProblem?.(problem);
  return isLimit ? "ends" : "goes on";
}
