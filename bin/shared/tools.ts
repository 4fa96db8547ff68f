/** What each tool does. */
export const TOOLS = {
  query: "Ask what a collector has stored.",
  inspect: "Show what is installed: which builds, which files are stamped, and what changed.",
  stamp: "Make a stamp to link into a program or library.",
  run: "Run a command and report each of its processes to a collector.",
  collector: "Receive reports of processes, verify them, store them, answer questions and stream them live.",
} as const;

export type ToolName = keyof typeof TOOLS;

/** Names of tools in a text, such as an example. */
const NAMES = new RegExp(`\\bogrt-(?=(?:${Object.keys(TOOLS).join("|")})\\b)`, "g");

/** A text with the names of tools as the program was called: `ogrt-query` or `ogrt query`. */
export const spelledAs = (program: string, text: string): string =>
  program.startsWith("ogrt ") ? text.replaceAll(NAMES, "ogrt ") : text;
