/** Exit codes shared by all tools; documented in the README. */
export const EXIT = {
  /** Everything asked for was done. */
  fine: 0,
  /** A check failed or nothing was found. */
  negative: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** An input could not be read. */
  unreadable: 3,
} as const;
