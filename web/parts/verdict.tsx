/** Verdicts, best first; the sentence is what the tooltip says. */
export const VERDICTS = {
  verified: { mark: "✓", tone: "good", says: "The file on disk carries the signature that was reported." },
  unsigned: { mark: "○", tone: "plain", says: "Neither the report nor the file on disk has a signature." },
  unchecked: { mark: "·", tone: "plain", says: "The file was not looked at." },
  unreported: { mark: "△", tone: "warn", says: "The file on disk has a signature, the report has none." },
  changed: { mark: "△", tone: "warn", says: "The file was changed after the process started." },
  missing: { mark: "△", tone: "warn", says: "There is no file at the path any more." },
  unreadable: { mark: "△", tone: "warn", says: "The file could not be read." },
  stripped: { mark: "✕", tone: "bad", says: "A signature was reported, the file on disk has none." },
  mismatch: { mark: "✕", tone: "bad", says: "The file on disk is another one than was reported." },
  malformed: { mark: "✕", tone: "bad", says: "What was reported as signature is none." },
} as const satisfies Record<string, { mark: string; tone: "good" | "plain" | "warn" | "bad"; says: string }>;

export type VerdictName = keyof typeof VERDICTS;
export const VERDICT_NAMES = Object.keys(VERDICTS) as VerdictName[];

export const isDoubtful = (verdict: string): boolean => {
  const known = VERDICTS[verdict as VerdictName];
  return known === undefined || known.tone === "warn" || known.tone === "bad";
};

export function Verdict({ verdict, reason, count }: { verdict: string; reason?: string | null; count?: number }) {
  const { mark, tone, says } = VERDICTS[verdict as VerdictName] ?? { mark: "?", tone: "warn", says: "" };
  return (
    <span class={`verdict tone-${tone}`} title={reason ? `${says} (${reason})` : says}>
      <span aria-hidden="true">{mark}</span> {count !== undefined && `${count.toLocaleString("en")} `}
      {verdict}
    </span>
  );
}
