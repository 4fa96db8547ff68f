import type { Answer } from "../../lib/client/index.js";
import { lossesOf } from "../../lib/lists/gaps.js";
import { elapsed } from "../../lib/shared/time.js";
import { printable } from "../../lib/text/escape.js";
import { type Asked, useAnswer } from "../base/answers.js";
import { count, counted } from "../base/format.js";
import { address, type ViewProps } from "../base/router.js";
import { rangeLabel } from "../base/time-range.js";
import { Sheet } from "../parts/sheet.js";

/** A sentence, and the view that explains it. */
interface Remark {
  readonly text: string;
  readonly href: string;
}

const MAX_REMARKS = 5;
const MAX_NODES = 1000;
const NODES_INTERVAL_MS = 60_000;

interface Props extends ViewProps {
  readonly overview: Asked<Answer<"overview">>;
}

/** What matters now, the most urgent first; without anything, what was looked at. */
export function Attention({ place, overview }: Props) {
  const { question } = place.range;
  const nodes = useAnswer("coverageNodes", { ...question, limit: MAX_NODES }, NODES_INTERVAL_MS);
  const objects = useAnswer("oddObjects", { ...question, limit: 1 });
  const stripped = useAnswer("oddObjects", { ...question, verdict: "stripped", limit: 1 });
  const environments = useAnswer("oddEnvironments", { ...question, limit: 1 });
  const looks = [
    look("losses", overview, losses),
    look("outages", overview, outages),
    look("nodes with an agent", nodes, silentNodes),
    look("objects without their stamp", stripped, strippedObjects),
    look("builds that differ from the disk", objects, oddObjects),
    look("odd environments", environments, oddEnvironments),
    look("unchecked programs", overview, unchecked),
  ];
  const remarks = looks.flatMap(({ remark }) => remark ?? []).slice(0, MAX_REMARKS);
  const isLoading = looks.some((look) => look.isLoading);
  const failed = looks.filter((look) => look.isMissing).map(({ name }) => name);
  return (
    <Sheet title="Attention" note={rangeLabel(place.range)}>
      {remarks.length > 0 && (
        <ul class="remarks">
          {remarks.map(({ text, href }) => (
            <li key={href}>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ul>
      )}
      {remarks.length === 0 && !isLoading && failed.length === 0 && <p class="tone-good">✓ Nothing needs attention.</p>}
      {failed.length > 0 && (
        <p class="tone-warn">Not known, because the collector did not answer: {failed.join(", ")}.</p>
      )}
      <p class="small faint">
        {isLoading ? "Looking at" : "Looked at"} {looks.map(({ name }) => name).join(", ")}.
      </p>
    </Sheet>
  );
}

/** What one answer says. @param name - what it looks at. */
function look<T>(name: string, { answer, problem, isLoading }: Asked<T>, remarkOn: (answer: T) => Remark | undefined) {
  const remark = answer === undefined ? undefined : remarkOn(answer);
  return {
    name,
    remark,
    isLoading: answer === undefined && isLoading,
    isMissing: answer === undefined && problem !== undefined,
  };
}

function losses({ completeness }: Answer<"overview">): Remark | undefined {
  const lost = lossesOf(completeness).map(({ count, noun, state }) => `${counted(count, noun)} ${state}`);
  if (lost.length === 0) return undefined;
  return {
    text: `Records were lost: ${lost.join(", ")}.`,
    href: address("/problems", { show: "time", period: "hour" }),
  };
}

function outages({ completeness: { outages, outageSeconds } }: Answer<"overview">): Remark | undefined {
  if (outages === null || outages === 0) return undefined;
  const time = outageSeconds ? elapsed(outageSeconds) : "an unknown time";
  return { text: `No collector was running for ${time}.`, href: address("/problems", { show: "outages" }) };
}

function silentNodes({ nodes }: Answer<"coverageNodes">): Remark | undefined {
  const silent = nodes.filter(({ isSilent }) => isSilent);
  const [first] = silent;
  if (first === undefined) return undefined;
  const text = `${counted(silent.length, "node")} with a silent agent: ${printable(first.host)} for ${elapsed(first.silentSeconds)}.`;
  return { text, href: address("/problems", { show: "nodes" }) };
}

function strippedObjects({ rowCount }: Answer<"oddObjects">): Remark | undefined {
  if ((rowCount ?? 0) === 0) return undefined;
  const text = `${counted(rowCount ?? 0, "object")} stripped: the file on disk has no stamp, the program that ran had one.`;
  return { text, href: address("/problems", { verdict: "stripped" }) };
}

function oddObjects({ rowCount, objects: [first] }: Answer<"oddObjects">): Remark | undefined {
  if (first === undefined) return undefined;
  const text = `What ran is not what is on disk, or differs from another build: ${counted(rowCount ?? 1, "object")}, such as ${printable(first.path)}.`;
  return { text, href: address("/problems") };
}

function oddEnvironments({ rowCount, environments: [first] }: Answer<"oddEnvironments">): Remark | undefined {
  if (first === undefined) return undefined;
  const rules = counted(rowCount ?? 1, "rule");
  const text = `Environments break ${rules}: ${first.rule} in ${counted(first.processes, "process")}.`;
  return { text, href: address("/problems", { show: "environments" }) };
}

function unchecked({ completeness, processes }: Answer<"overview">): Remark | undefined {
  if (completeness.unchecked === 0) return undefined;
  const text = `${count(completeness.unchecked)} of ${counted(processes, "process")} ran a program that was not checked on disk.`;
  return { text, href: address("/live", { verdict: "unchecked" }) };
}
