import uPlot from "uplot";

/*
 * Draws stacked bars. This file and uPlot are loaded when the first chart is shown, so that no other view waits for them.
 * Colours are those of the style sheet, read again when the system changes between light and dark, forced colours or paper.
 */

export interface Stack {
  /** Labels of the axis, oldest first. */
  readonly labels: readonly string[];
  /** One list of values for each series, the lowest first. */
  readonly values: readonly (readonly number[])[];
  readonly format: (value: number) => string;
}

export interface Plot {
  /** Moves the cursor to a bar. */
  select(index: number): void;
  /** The plot with a title and a legend, for documents. */
  picture(title: string, legend: readonly string[]): HTMLCanvasElement;
  destroy(): void;
}

const HEIGHT = 220;
const TILE = 8;
const LABEL_WIDTH = 90;
const MODES = ["print", "(prefers-color-scheme: dark)", "(forced-colors: active)"];
/** Lines over the colour of a series, as paths over a tile: who does not see its colour sees its texture. */
const TEXTURES = [
  "",
  "M-2 2 2-2M0 8 8 0M6 10 10 6",
  "M2 2h1M6 6h1",
  "M0 2h8M0 6h8",
  "M-2 6 2 10M0 0 8 8M6-2 10 2",
  "M2 0v8M6 0v8",
  "M0 4h8M4 0v8",
  "M0 0 8 8M0 8 8 0",
];

export function plot(target: HTMLElement, stack: Stack, onSelect: (index: number | null) => void): Plot {
  const colour = (name: string) => getComputedStyle(target).getPropertyValue(`--${name}`).trim();
  const font = `12px ${colour("sans")}`;
  const count = stack.labels.length;
  const every = () => Math.max(1, Math.ceil((count * LABEL_WIDTH) / Math.max(LABEL_WIDTH, target.clientWidth - 60)));
  // The highest first, so that each series covers those above it.
  const series = stack.values.map((_, index) => index).reverse();
  const axis = { stroke: () => colour("ink-faint"), font, ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.8, 48] });
  const chart = new uPlot(
    {
      width: Math.max(200, target.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: false, range: [-0.6, count - 0.4] }, y: { range: (_, __, most) => [0, 1.05 * most || 1] } },
      axes: [
        {
          ...axis,
          size: 32,
          grid: { show: false },
          splits: () => stack.labels.map((_, index) => index).filter((index) => index % every() === 0),
          values: (_, splits) => splits.map((index) => stack.labels[index] ?? ""),
        },
        {
          ...axis,
          size: 64,
          grid: { stroke: () => colour("line"), width: 1 },
          values: (_, splits) => splits.map(stack.format),
        },
      ],
      series: [
        {},
        ...series.map((index) => ({
          ...(bars !== undefined && { paths: bars }),
          fill: () => texture(index, colour),
          stroke: () => colour("sheet"),
          width: 1,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [({ cursor }) => onSelect(cursor.idx ?? null)] },
    },
    [stack.labels.map((_, index) => index), ...series.map((index) => sumsUpTo(stack.values, index))],
    target,
  );
  const resized = new ResizeObserver(() => chart.setSize({ width: Math.max(200, target.clientWidth), height: HEIGHT }));
  resized.observe(target);
  const repaint = () => chart.redraw(false, true);
  const modes = MODES.map((mode) => matchMedia(mode));
  for (const mode of modes) mode.addEventListener("change", repaint);
  return {
    select: (index) => chart.setCursor({ left: chart.valToPos(index, "x"), top: 0 }),
    picture: (title, legend) => picture(chart.ctx.canvas, title, legend, colour),
    destroy() {
      for (const mode of modes) mode.removeEventListener("change", repaint);
      resized.disconnect();
      chart.destroy();
    },
  };
}

/** The heights of a series on those below it. */
const sumsUpTo = (values: Stack["values"], last: number): number[] =>
  (values[0] ?? []).map((_, at) => values.slice(0, last + 1).reduce((sum, series) => sum + (series[at] ?? 0), 0));

type Colours = (name: string) => string;

/** What a series is filled with. */
function texture(index: number, colour: Colours): CanvasPattern | string {
  const tile = document.createElement("canvas");
  const scale = Math.max(1, Math.round(devicePixelRatio));
  tile.width = TILE * scale;
  tile.height = TILE * scale;
  const context = tile.getContext("2d");
  const fill = colour(`series-${index % TEXTURES.length}`);
  if (context === null) return fill;
  context.scale(scale, scale);
  context.fillStyle = fill;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = colour("sheet");
  context.globalAlpha = Number(colour("texture")) || 1;
  context.stroke(new Path2D(TEXTURES[index % TEXTURES.length]));
  return context.createPattern(tile, "repeat") ?? fill;
}

/** Fills the small box beside the name of a series. */
export function paintSwatch(box: HTMLCanvasElement, index: number): void {
  const context = box.getContext("2d");
  if (context === null) return;
  context.fillStyle = texture(index, (name) => getComputedStyle(box).getPropertyValue(`--${name}`).trim());
  context.fillRect(0, 0, box.width, box.height);
}

function picture(drawn: HTMLCanvasElement, title: string, legend: readonly string[], colour: Colours) {
  const scale = devicePixelRatio;
  const line = 20 * scale;
  const canvas = document.createElement("canvas");
  canvas.width = drawn.width;
  canvas.height = drawn.height + (legend.length + 2) * line;
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.fillStyle = colour("sheet");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 1.5 * line);
  context.font = `${13 * scale}px ${colour("sans")}`;
  context.fillStyle = colour("ink");
  context.fillText(title, 0.5 * line, line);
  for (const [index, name] of legend.entries()) {
    const top = drawn.height + (index + 1.75) * line;
    context.fillStyle = texture(index, colour);
    context.fillRect(0.5 * line, top, 0.6 * line, 0.6 * line);
    context.fillStyle = colour("ink");
    context.fillText(name, 1.5 * line, top + 0.55 * line);
  }
  return canvas;
}
