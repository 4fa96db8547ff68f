import { spawnSync } from "node:child_process";

/* What standard output is shown on. */

/** The width of the terminal, in characters; undefined when standard output is not one, or it does not say (0). */
export const terminalWidth = (): number | undefined =>
  process.stdout.isTTY ? process.stdout.columns || undefined : undefined;

const CODES = { heading: "1", good: "32", bad: "31", doubtful: "33", unimportant: "2" } as const;

export type Meaning = keyof typeof CODES;

/** Colours a text by its meaning, on a terminal where NO_COLOR (no-color.org) is not set. */
export function painter(): ((text: string, meaning: Meaning) => string) | undefined {
  const { NO_COLOR, TERM } = process.env;
  if (!process.stdout.isTTY || NO_COLOR || TERM === "dumb") return undefined;
  return (text, meaning) => `\u001b[${CODES[meaning]}m${text}\u001b[0m`;
}

/** Exit code of a shell that does not find a command (POSIX, sh). */
const NOT_FOUND = 127;

/** Prints a text, through $PAGER when standard output is a terminal on which it does not fit. */
export function printPaged(text: string): void {
  const { PAGER = "less", LESS = "FRX" } = process.env;
  const { isTTY, rows } = process.stdout;
  const isLong = isTTY && process.stdin.isTTY && rows > 0 && text.split("\n").length > rows;
  if (!isLong || PAGER === "" || PAGER === "cat" || !throughPager(PAGER, text, LESS)) process.stdout.write(text);
}

/** Whether the pager showed the text. */
function throughPager(pager: string, text: string, LESS: string): boolean {
  // Interrupts are for the pager.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  const { status, error } = spawnSync(pager, {
    shell: true,
    input: text,
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, LESS },
  });
  process.off("SIGINT", ignore);
  // A pager that is left early does not read all of its input.
  const isStarted = error === undefined || (error as NodeJS.ErrnoException).code === "EPIPE";
  return isStarted && status !== NOT_FOUND;
}
