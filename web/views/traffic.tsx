import type { Answer } from "../../lib/client/index.js";
import { count, duration } from "../base/format.js";
import { DataTable } from "../parts/data-table.js";
import { Notice } from "../parts/states.js";
import { Reported } from "../parts/text.js";

type Stats = Answer<"stats">;
type Rates = Stats["inputs"][number]["rates"];
type Durations = Stats["inputs"][number]["durations"];

const rates = ({ last1, last5, last15 }: Rates) => [last1, last5, last15].map((rate) => rate.toFixed(1)).join(" / ");
const durations = ({ min, median, max }: Durations) => [min, median, max].map(duration).join(" / ");

/** What comes in: how much, and how long it takes to the disk. */
export function Inputs({ inputs }: Pick<Stats, "inputs">) {
  return (
    <section class="sheet" aria-labelledby="inputs">
      <header>
        <h2 id="inputs">Inputs</h2>
        <span>a second over 1 / 5 / 15 minutes; reception to disk: least / median / most</span>
      </header>
      <DataTable
        caption="Inputs"
        rows={inputs}
        columns={[
          { name: "Input", cell: ({ name }) => <Reported text={name} />, isHead: true },
          { name: "Frames", cell: ({ frames }) => count(frames), isNumber: true },
          { name: "Rates", cell: (input) => rates(input.rates), isNumber: true },
          { name: "Durations", cell: (input) => durations(input.durations), isNumber: true },
        ]}
      />
    </section>
  );
}

/** Where records are sent on: how much, how far behind, what failed. */
export function Outputs({ outputs }: Pick<Stats, "outputs">) {
  return (
    <section class="sheet" aria-labelledby="outputs">
      <header>
        <h2 id="outputs">Outputs</h2>
        <span>a second over 1 / 5 / 15 minutes; durations: least / median / most</span>
      </header>
      {outputs.length === 0 ? (
        <Notice title="Nothing is sent on">
          <p>Outputs are set up in the collector's configuration; records are kept all the same.</p>
        </Notice>
      ) : (
        <DataTable
          caption="Outputs"
          rows={outputs}
          columns={[
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
              name: "Behind",
              cell: ({ lag, lagSeconds }) => (lag === 0 ? "0" : `${count(lag)} for ${duration(lagSeconds * 1000)}`),
              isNumber: true,
            },
            { name: "Rates", cell: (output) => rates(output.rates), isNumber: true },
            { name: "Durations", cell: (output) => durations(output.durations), isNumber: true },
          ]}
        />
      )}
    </section>
  );
}
