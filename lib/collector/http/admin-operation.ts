/** An operation that an administrator requests of a running collector. */
export type AdminOperation =
  | { readonly name: "backup"; readonly file: string }
  | { readonly name: "export"; readonly file: string }
  | { readonly name: "forget"; readonly user: string }
  | { readonly name: "verify" };

export interface AdminResult {
  /** Files that the operation wrote. */
  files?: string[];
  /** Findings without a verdict before the operation. */
  unresolved?: number;
  /** How many of them have a verdict now. */
  resolved?: number;
}
