/** What is done to a store besides appending and asking, on order or by the clock. */
export type Order =
  | { readonly name: "backup"; readonly file: string }
  | { readonly name: "export"; readonly file: string }
  | { readonly name: "forget"; readonly user: string }
  | { readonly name: "verify" };

export interface Done {
  /** Files that were written. */
  files?: string[];
  /** Findings that were open, and how many of them are settled now. */
  open?: number;
  settled?: number;
}
