import { clock, count } from "./format.js";

interface Minute {
  readonly minute: string;
  readonly received: number;
  readonly lost: number;
}

const WIDTH = 600;
const HEIGHT = 100;
const MINUTE = 60_000;

/** Frames received in each minute of the last hour. */
export function RatePlot({ minutes, now }: { minutes: readonly Minute[]; now: number }) {
  const last = Math.floor(now / MINUTE) * MINUTE;
  const first = last - 59 * MINUTE;
  const counted = new Map(minutes.map((entry) => [new Date(entry.minute).getTime(), entry]));
  const values = Array.from({ length: 60 }, (_, index) => counted.get(first + index * MINUTE)?.received ?? 0);
  const most = Math.max(1, ...values);
  const points = values.map(
    (value, index) => `${((index * WIDTH) / 59).toFixed(1)},${(HEIGHT - (value / most) * HEIGHT).toFixed(1)}`,
  );
  const lost = minutes.reduce((sum, entry) => sum + entry.lost, 0);
  const all = values.reduce((sum, value) => sum + value, 0);
  const says = `${count(all)} frames in the last hour, at most ${count(most)} in a minute${lost > 0 ? `, ${count(lost)} lost` : ""}`;
  return (
    <figure class="plot-frame">
      <p class="top">at most {count(Math.max(...values))} a minute</p>
      <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={says}>
        <line class="grid" x1="0" x2={WIDTH} y1="0.5" y2="0.5" />
        <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polygon class="area" points={`0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} />
        <polyline class="curve" points={points.join(" ")} />
        <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <p class="ends">
        <span>{clock(new Date(first).toISOString()).slice(0, 5)}</span>
        <span>now</span>
      </p>
    </figure>
  );
}
