import { clock, day, time } from "./format.js";

/** A time, which breaks nowhere but between day and clock. */
export function When({ iso }: { iso: string | null }) {
  if (iso === null || Number.isNaN(Date.parse(iso))) return <>{time(iso)}</>;
  return (
    <time dateTime={iso}>
      <span class="nowrap">{day(iso)}</span> <span class="nowrap">{clock(iso)}</span>
    </time>
  );
}
