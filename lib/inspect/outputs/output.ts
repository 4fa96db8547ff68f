import type { FileFinding, ProblemFinding } from "../finding.js";
import type { Summary } from "../scan.js";

/** Consumes the findings of a scan. */
export interface Output {
  file(finding: FileFinding): void;
  problem?(finding: ProblemFinding): void;
  /** Writes the rest. Returns the outcome, or undefined when any shown finding is a success. */
  end(summary: Summary): Outcome | undefined;
  /** Discards incomplete output; also called after `end`, when it does nothing. */
  abandon?(): void;
}

/** `negative`: a check failed or something differs. */
export type Outcome = "fine" | "negative";

export type Write = (text: string) => void;
