import { sumOf } from "../../lib/shared/sum.js";
import { count, share } from "../base/format.js";
import { VERDICT_NAMES, VERDICTS, Verdict } from "./verdict.js";

/** The number of processes by verdict, as one bar and as a legend. */
export function VerdictShares({ counts }: { counts: Record<string, number> }) {
  const known = VERDICT_NAMES.filter((name) => (counts[name] ?? 0) > 0);
  const all = sumOf(counts);
  return (
    <>
      <div class="shares" aria-hidden="true">
        {known.map((name) => (
          <i
            key={name}
            class={`tone-${VERDICTS[name].tone}`}
            style={{ flex: `${(counts[name] ?? 0) / all} 0 0` }}
            title={`${name}: ${count(counts[name] ?? 0)}`}
          />
        ))}
      </div>
      <ul class="legend">
        {known.map((name) => (
          <li key={name}>
            <Verdict verdict={name} />{" "}
            <span class="faint">
              {count(counts[name] ?? 0)} ({share(counts[name] ?? 0, all)})
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
