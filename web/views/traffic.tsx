import type { Answer } from "../../lib/client/index.js";
import { count, duration } from "../base/format.js";
import { DataTable, type TableColumn } from "../parts/data-table.js";
import { Sheet } from "../parts/sheet.js";
import { Notice } from "../parts/states.js";
import { Reported } from "../parts/text.js";

type Stats = Answer<"stats">;
type Output = Stats["outputs"][number];
type Measured = Pick<Stats["inputs"][number], "rates" | "durations">;

const MEASURES: readonly TableColumn<Measured>[] = [
  {
    name: "Rates",
    cell: ({ rates: { last1, last5, last15 } }) => [last1, last5, last15].map((rate) => rate.toFixed(1)).join(" / "),
    isNumber: true,
  },
  {
    name: "Durations",
    cell: ({ durations: { min, median, max } }) => [min, median, max].map(duration).join(" / "),
    isNumber: true,
  },
];

/** The frames that each input receives, and the time that they take to the disk. */
export const Inputs = ({ inputs }: Pick<Stats, "inputs">) => (
  <Sheet
    title="Inputs"
    note="frames per second over 1 / 5 / 15 minutes; duration from reception to disk: minimum / median / maximum"
    isFlush
  >
    <DataTable
      caption="Inputs"
      rows={inputs}
      columns={[
        { name: "Input", cell: ({ name }) => <Reported text={name} />, isHead: true },
        { name: "Frames", cell: ({ frames }) => count(frames), isNumber: true },
        ...MEASURES,
      ]}
    />
  </Sheet>
);

/** The records that each output delivers, its lag and its failures. */
export const Outputs = ({ outputs }: Pick<Stats, "outputs">) => (
  <Sheet
    title="Outputs"
    note="records per second over 1 / 5 / 15 minutes; duration: minimum / median / maximum"
    isFlush
  >
    {outputs.length === 0 ? (
      <Notice title="No output is configured">
        <p>The collector stores records. Outputs in its configuration deliver them to other systems, too.</p>
      </Notice>
    ) : (
      <DataTable caption="Outputs" rows={outputs} columns={OUTPUT_COLUMNS} />
    )}
  </Sheet>
);

const OUTPUT_COLUMNS: readonly TableColumn<Output>[] = [
  {
    name: "Output",
    cell: ({ name, kind }) => (
      <>
        <Reported text={name} /> {kind !== name && <span class="faint">{kind}</span>}
      </>
    ),
    isHead: true,
  },
  {
    name: "State",
    cell: ({ state, error }) => (
      <>
        <span class={state === "waiting" || state === "stopped" ? "mark tone-bad" : "mark"}>{state}</span>
        {error !== null && (
          <div class="small tone-bad">
            <Reported text={error} />
          </div>
        )}
      </>
    ),
  },
  { name: "Records", cell: ({ records }) => count(records), isNumber: true },
  {
    name: "Failures",
    cell: ({ failures, refused }) => (
      <span class={failures + refused > 0 ? "tone-bad" : undefined}>
        {count(failures)}
        {refused > 0 && `, ${count(refused)} refused`}
      </span>
    ),
    isNumber: true,
  },
  {
    name: "Lag",
    cell: ({ lag, lagSeconds }) => (lag === 0 ? "0" : `${count(lag)} for ${duration(lagSeconds * 1000)}`),
    isNumber: true,
  },
  ...MEASURES,
];
