import type { FileIdentity } from "../../files/guarded.js";
import type { Found } from "../../verify/index.js";

/* Messages between the collector and the child processes that examine files. */

export interface ExamineRequest {
  readonly id: number;
  /** Reversible text. */
  readonly path: string;
  readonly roots: readonly string[];
  readonly excluded: readonly string[];
  readonly known: FileIdentity | undefined;
}

/** What was found, or that the file still has the known identity. */
export type Examination = Found | { readonly state: "unmodified" };

export interface ExamineResult {
  readonly id: number;
  readonly found: Examination;
}
