import type { Answer } from "../../lib/client/index.js";
import { clock } from "../base/format.js";

type History = Answer<"stats">["history"];

/** Size of the plot in units of its coordinates. */
const WIDTH = 600;
const HEIGHT = 100;
const SPAN_SECONDS = 3600;
/** Time between two labels on the axis. */
const LABEL_SECONDS = 900;

/** Frames received per second over the last hour, or since the collector started. */
export function RatePlot({ interval, until, received }: History) {
  const slots = SPAN_SECONDS / interval;
  const rates = received.slice(-slots).map((frames) => frames / interval);
  const most = Math.max(0, ...rates);
  const top = roundUp(most);
  const x = (index: number) => (((slots - rates.length + index + 1) * WIDTH) / slots).toFixed(1);
  const points = rates.map((rate, index) => `${x(index)},${(HEIGHT - (rate / top) * HEIGHT).toFixed(1)}`);
  const times = Array.from(
    { length: SPAN_SECONDS / LABEL_SECONDS + 1 },
    (_, index) => Date.parse(until) - (SPAN_SECONDS - index * LABEL_SECONDS) * 1000,
  );
  return (
    <figure class="plot-frame small faint">
      <p class="scale" aria-hidden="true">
        {[top, top / 2, 0].map((value) => (
          <span key={value}>{figure(value)}</span>
        ))}
      </p>
      <svg
        class="plot"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Frames received in the last hour: at most ${figure(most)} per second`}
      >
        {[0, HEIGHT / 2, HEIGHT].map((y) => (
          <line key={y} class="grid" x1="0" x2={WIDTH} y1={y} y2={y} />
        ))}
        {rates.length > 0 && (
          <>
            <polygon class="area" points={`${x(0)},${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} />
            <polyline class="curve" points={points.join(" ")} />
          </>
        )}
      </svg>
      <p class="times" aria-hidden="true">
        {times.map((at) => (
          <span key={at}>{clock(new Date(at).toISOString()).slice(0, 5)}</span>
        ))}
      </p>
    </figure>
  );
}

const figure = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 1 });

/** The next of 1, 2, 4, 10, 20, 40 …, which are round numbers even when halved. */
function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 10].find((step) => step * power >= value) ?? 10);
}
