import { useEffect, useRef, useState } from "preact/hooks";
import { computed } from "../../lib/lists/column.js";
import { listCsv } from "../../lib/lists/csv.js";
import { sumOf } from "../../lib/shared/sum.js";
import { printable } from "../../lib/text/escape.js";
import { announce } from "../base/announce.js";
import { share } from "../base/format.js";
import { saveFile } from "../base/save-file.js";
import type { Plot } from "./chart-plot.js";
import { DataTable } from "./data-table.js";
import { Reported } from "./text.js";

interface Series {
  readonly name: string;
  /** One for each period. */
  readonly values: readonly number[];
}

interface Props {
  readonly title: string;
  /** Of the files that it can be saved as. */
  readonly name: string;
  readonly unit: string;
  /** Days or months, oldest first. */
  readonly periods: readonly string[];
  /** At most eight, the lowest of the stack first. */
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

/** Values by period as stacked bars, with a legend, the table that they are made of, and both as files. */
export function Chart(props: Props) {
  const { title, periods, series, unit, format } = props;
  const [selected, setSelected] = useState<number>();
  const last = periods.length - 1;
  const shown = Math.min(selected ?? last, last);
  const { target, legend, plot, isMissing } = usePlot(props, setSelected);
  const step = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: shown - 1,
      ArrowDown: shown - 1,
      ArrowRight: shown + 1,
      ArrowUp: shown + 1,
      Home: 0,
      End: last,
    };
    const index = to[event.key as keyof typeof to];
    if (index === undefined) return;
    event.preventDefault();
    const at = Math.max(0, Math.min(last, index));
    plot.current?.select(at);
    setSelected(at);
  };
  return (
    <figure class="chart">
      <Legend {...props} boxes={legend} />
      {isMissing && <p class="tone-warn">The chart could not be loaded; the table has its values.</p>}
      <div
        ref={target}
        class="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={`${title}, ${unit}; the arrow keys choose a bar`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={shown}
        aria-valuetext={readout(props, shown)}
        onKeyDown={step}
      />
      <p class="small" aria-hidden="true">
        {readout(props, shown)}
      </p>
      <div class="actions">
        <button type="button" disabled={isMissing} onClick={() => savePicture(plot.current, props)}>
          Save PNG
        </button>
        <button type="button" onClick={() => saveTable(props)}>
          Save CSV
        </button>
      </div>
      <details open={isMissing}>
        <summary>Table of the chart</summary>
        <DataTable
          caption={`${title}, ${unit}`}
          rows={periods.map((period, index) => ({ period, index })).reverse()}
          columns={[
            { name: "Period", cell: ({ period }) => period, isHead: true },
            ...series.map(({ name, values }) => ({
              name: printable(name),
              cell: ({ index }: { index: number }) => format(values[index] ?? 0),
              isNumber: true,
            })),
          ]}
        />
      </details>
    </figure>
  );
}

const totalOf = ({ values }: Series): number => sumOf(Object.fromEntries(values.entries()));
const totalText = (one: Series, { series, format }: Props): string => {
  const all = series.reduce((sum, each) => sum + totalOf(each), 0);
  return `${format(totalOf(one))}${series.length > 1 ? ` (${share(totalOf(one), all)})` : ""}`;
};

/** The series from the top of the stack to its bottom, with their sums and shares. */
const Legend = ({ boxes, ...props }: Props & { boxes: ReturnType<typeof usePlot>["legend"] }) => (
  <ul class="legend">
    {props.series.map((one, index) => (
      <li key={one.name}>
        <canvas
          ref={(box) => {
            boxes.current[index] = box;
          }}
          width="14"
          height="14"
        />{" "}
        <Reported text={one.name} /> <span class="faint">{totalText(one, props)}</span>
      </li>
    ))}
  </ul>
);

/** The values of a period, in words. */
function readout({ periods, series, unit, format }: Props, index: number): string {
  const sum = series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
  const parts = series
    .filter(({ values }) => (values[index] ?? 0) > 0)
    .map(({ name, values }) => {
      const value = values[index] ?? 0;
      return `${printable(name)} ${format(value)} (${share(value, sum)})`;
    });
  const detail = series.length > 1 && parts.length > 0 ? `: ${parts.reverse().join(", ")}` : "";
  return `${periods[index] ?? ""}: ${format(sum)} ${unit}${detail}`;
}

/** Draws the plot, again when its data change. */
function usePlot({ periods, series, format }: Props, onSelect: (index: number) => void) {
  const target = useRef<HTMLDivElement>(null);
  const legend = useRef<(HTMLCanvasElement | null)[]>([]);
  const plot = useRef<Plot | undefined>(undefined);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const draw = async () => {
      const drawing = await import("./chart-plot.js");
      if (!isWanted || target.current === null) return;
      const stack = { labels: periods, values: series.map(({ values }) => values), format };
      plot.current = drawing.plot(target.current, stack, (index) => index !== null && onSelect(index));
      for (const [index, box] of legend.current.entries()) if (box !== null) drawing.paintSwatch(box, index);
    };
    draw().catch(() => setMissing(true));
    return () => {
      isWanted = false;
      plot.current?.destroy();
    };
  }, [JSON.stringify([periods, series])]);
  return { target, legend, plot, isMissing };
}

function savePicture(plot: Plot | undefined, props: Props): void {
  const { title, unit, name, series } = props;
  const names = series.map((one) => `${printable(one.name)}  ${totalText(one, props)}`);
  plot?.picture(`${title}, ${unit}`, names).toBlob((file) => {
    if (file === null) return;
    saveFile(`${name}.png`, file);
    announce(`${name}.png saved`);
  });
}

function saveTable({ name, unit, periods, series }: Props): void {
  const csv = listCsv([
    computed<number>("period", "Period", "text", (index) => periods[index] ?? ""),
    ...series.map((one) => computed<number>(`${one.name} (${unit})`, "", "number", (index) => one.values[index] ?? 0)),
  ]);
  const text = csv.heading + csv.lines(periods.map((_, index) => index));
  saveFile(`${name}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
  announce(`${name}.csv saved`);
}
