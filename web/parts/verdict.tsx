import { VERDICT_SEVERITY, type Verdict as VerdictName } from "../../lib/shared/verdicts.js";

interface Appearance {
  readonly sign: string;
  readonly tone: "good" | "plain" | "open" | "warn" | "bad";
  /** Text of the tooltip. */
  readonly meaning: string;
}

/** The appearance of verdicts, best first. */
export const VERDICTS: Readonly<Record<VerdictName, Appearance>> = {
  verified: { sign: "✓", tone: "good", meaning: "The file on disk has the reported signature." },
  unsigned: { sign: "○", tone: "plain", meaning: "Neither the report nor the file on disk has a signature." },
  unchecked: { sign: "–", tone: "open", meaning: "The collector did not check the file." },
  unreported: { sign: "△", tone: "warn", meaning: "The file on disk has a signature; the report has none." },
  changed: { sign: "△", tone: "warn", meaning: "The file changed after the process started." },
  missing: { sign: "△", tone: "warn", meaning: "There is no longer a file at the path." },
  unreadable: { sign: "△", tone: "warn", meaning: "The collector cannot read the file." },
  stripped: { sign: "✕", tone: "bad", meaning: "The report has a signature; the file on disk has none." },
  mismatch: { sign: "✕", tone: "bad", meaning: "The file on disk is not the reported file." },
  malformed: { sign: "✕", tone: "bad", meaning: "The reported signature is not a UUID." },
};

export const VERDICT_NAMES = Object.keys(VERDICTS) as VerdictName[];

/** True for verdicts that ask for attention; one that this page does not know does, too. */
export const isConspicuous = (verdict: string): boolean => VERDICT_SEVERITY[verdict as VerdictName] !== "fine";

const UNKNOWN: Appearance = { sign: "?", tone: "warn", meaning: "" };
/** One signature on several builds, which the list of odd objects shows like a verdict. */
const CONFLICT: Appearance = { sign: "✕", tone: "bad", meaning: "Several builds have this signature." };

interface Props {
  readonly verdict: string;
  readonly reason?: string | null;
}

export function Verdict({ verdict, reason }: Props) {
  const known = verdict === "conflict" ? CONFLICT : VERDICTS[verdict as VerdictName];
  const { sign, tone, meaning } = known ?? UNKNOWN;
  return (
    <span class={`verdict tone-${tone}`} title={reason ? `${meaning} (${reason})` : meaning}>
      <span aria-hidden="true">{sign}</span> {verdict}
    </span>
  );
}

/** A verdict with its reason and the result of the comparison that was made even so. */
export const FullVerdict = ({ verdict, reason, compared }: Props & { compared: string | null }) => (
  <>
    <Verdict verdict={verdict} reason={reason ?? null} />
    {reason && <span class="small faint"> {reason}</span>}
    {compared !== null && <span class="small faint"> otherwise {compared}</span>}
  </>
);
