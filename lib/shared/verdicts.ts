/** Attention that a verdict needs. */
export type Severity =
  /** None. */
  | "fine"
  /** The file could not be compared, often because it exists on other hosts only. */
  | "informative"
  /** The file is not what the process reported. */
  | "suspicious";

/** The verdicts on a reported object and their severity; the table in lib/verify/decide.ts says when each applies. */
export const VERDICT_SEVERITY = {
  verified: "fine",
  unsigned: "fine",
  unreported: "suspicious",
  stripped: "suspicious",
  mismatch: "suspicious",
  changed: "suspicious",
  unreadable: "informative",
  missing: "informative",
  malformed: "suspicious",
  unchecked: "fine",
} as const satisfies Record<string, Severity>;

export type Verdict = keyof typeof VERDICT_SEVERITY;
export const VERDICTS = /* @__PURE__ */ Object.keys(VERDICT_SEVERITY) as Verdict[];
export const SUSPICIOUS_VERDICTS: readonly Verdict[] = /* @__PURE__ */ VERDICTS.filter(
  (verdict) => VERDICT_SEVERITY[verdict] === "suspicious",
);
