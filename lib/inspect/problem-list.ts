import type { OgrtError } from "../errors.js";
import type { FileFinding, Problem } from "./finding.js";

/** Problems of one file that are listed. Each is a line of several outputs, and a file can have one for every few bytes. */
const MAX_LISTED_PROBLEMS = 100;

/** The problems of one file. Those that would make the list too long are counted only. */
export class ProblemList {
  readonly #listed: Problem[] = [];
  #further = 0;

  readonly onProblem = ({ code, message }: OgrtError): void => {
    // There is one limit at most, and it says what is missing in the finding.
    if (this.#listed.length < MAX_LISTED_PROBLEMS || code === "LIMIT_EXCEEDED") this.#listed.push({ code, message });
    else this.#further++;
  };

  facts(): Pick<FileFinding, "problems" | "furtherProblems"> {
    return { problems: this.#listed, ...(this.#further > 0 && { furtherProblems: this.#further }) };
  }
}

/** The problems of a finding as lines of text. */
export function problemLines({ path, problems, furtherProblems }: FileFinding): string[] {
  const lines = problems.map(({ message }) => message);
  return furtherProblems === undefined ? lines : [...lines, `${path}: and ${furtherProblems} more problems`];
}
