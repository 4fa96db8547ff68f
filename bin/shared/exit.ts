/** Exit codes shared by all tools; documented in the README. */
export const EXIT = {
  /** The tool did everything it was asked to do. */
  fine: 0,
  /** A check failed or nothing was found. */
  negative: 1,
  /** The command line is invalid. */
  usage: 2,
  /** An input cannot be read, or an output cannot be written. */
  unreadable: 3,
} as const;
