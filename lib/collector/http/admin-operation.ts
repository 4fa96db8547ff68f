/** What administrators ask of a running collector. */
export type AdminOperation =
  | { readonly name: "backup"; readonly file: string }
  | { readonly name: "export"; readonly file: string }
  | { readonly name: "forget"; readonly user: string }
  | { readonly name: "verify" };

export interface AdminResult {
  /** Files that were written. */
  files?: string[];
  /** Findings without a verdict before the operation, and how many of them have one now. */
  unresolved?: number;
  resolved?: number;
}
