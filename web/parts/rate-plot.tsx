import type { Answer } from "../../lib/client/index.js";
import { clock } from "./format.js";

type History = Answer<"stats">["history"];

const WIDTH = 600;
const HEIGHT = 100;
/** Seconds that the plot shows. */
const SPAN = 3600;

/** Frames received a second, over the last hour or since the collector's start. */
export function RatePlot({ interval, until, received }: History) {
  const slots = SPAN / interval;
  const rates = received.slice(-slots).map((frames) => frames / interval);
  const most = Math.max(0, ...rates);
  const x = (index: number) => (((slots - rates.length + index + 1) * WIDTH) / slots).toFixed(1);
  const points = rates.map(
    (rate, index) => `${x(index)},${(HEIGHT - (most === 0 ? 0 : rate / most) * HEIGHT).toFixed(1)}`,
  );
  const highest = `at most ${most.toLocaleString("en", { maximumFractionDigits: 1 })} a second`;
  const end = Date.parse(until);
  return (
    <figure class="plot-frame">
      <p class="top">{rates.length === 0 ? "the collector has just started" : highest}</p>
      <svg
        class="plot"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Frames received in the last hour: ${highest}`}
      >
        <line class="grid" x1="0" x2={WIDTH} y1="0.5" y2="0.5" />
        <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        {rates.length > 0 && (
          <>
            <polygon class="area" points={`${x(0)},${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} />
            <polyline class="curve" points={points.join(" ")} />
          </>
        )}
        <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <p class="ends">
        <span>{clock(new Date(end - SPAN * 1000).toISOString()).slice(0, 5)}</span>
        <span>{clock(until).slice(0, 5)}</span>
      </p>
    </figure>
  );
}
