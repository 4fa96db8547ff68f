import type { FileFinding, ProblemFinding } from "../finding.js";
import type { Summary } from "../scan.js";

/** What becomes of the findings of a scan. Text goes to the `write` that the maker of the output gave. */
export interface Output {
  file(finding: FileFinding): void;
  problem?(finding: ProblemFinding): void;
  /** Writes what is left, and says how it went where showing something is not all that counts. */
  end(summary: Summary): Verdict | undefined;
  /** Undoes what is half-done; called after `end` too, when there is nothing to undo. */
  abandon?(): void;
}

/** `negative`: a check failed or something differs. */
export type Verdict = "fine" | "negative";

export type Write = (text: string) => void;
