import { localClock, localDay } from "../../lib/shared/time.js";
import { time } from "../base/format.js";

/** A time that breaks between day and clock only. */
export function When({ iso }: { iso: string | null }) {
  if (iso === null || Number.isNaN(Date.parse(iso))) return <>{time(iso)}</>;
  return (
    <time dateTime={iso}>
      <span class="nowrap">{localDay(iso)}</span> <span class="nowrap">{localClock(iso)}</span>
    </time>
  );
}
