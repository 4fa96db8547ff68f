import type { ComponentChildren } from "preact";
import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import { address, navigate, type ViewProps } from "../base/router.js";
import { Completeness, Notes } from "../parts/completeness.js";
import { Field, Form } from "../parts/form.js";
import { Identity } from "../parts/object-table.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { View } from "../parts/view.js";

type Difference = Answer<"jobDifference">;
type ProgramDifference = Difference["programs"][number];
type ObjectDifference = ProgramDifference["objects"][number];

/** The differences between two jobs, such as one that worked and one that failed. */
export function Compare({ place: { query } }: ViewProps) {
  const [first, second] = [query.get("first") ?? "", query.get("second") ?? ""];
  const asked = useAnswer("jobDifference", first === "" || second === "" ? undefined : { first, second });
  return (
    <View title="Compare two jobs">
      <Form class="filters" shows={`${first} ${second}`} onSubmit={(fields) => navigate(address("/compare", fields))}>
        <Field name="first" label="Before (−)" value={first} required />
        <Field name="second" label="After (+)" value={second} required />
        <div class="actions">
          <button type="submit" class="primary">
            Compare
          </button>
          {first !== "" && (
            <a class="button" href={address("/compare", { first: second, second: first })}>
              Swap
            </a>
          )}
        </div>
      </Form>
      <Answered asked={asked}>{(answer) => <Differences answer={answer} />}</Answered>
    </View>
  );
}

function Differences({ answer }: { answer: Difference }) {
  const { identical, truncated, onlyFirst, onlySecond, programs } = answer;
  const hasCompared = identical || programs.length + onlyFirst.length + onlySecond.length > 0;
  return (
    <>
      {!hasCompared && (
        <Notice title="Nothing to compare">
          <Notes of={answer} />
        </Notice>
      )}
      {truncated && (
        <p class="tone-warn">
          A job has more processes than can be compared. The comparison covers those that started first.
        </p>
      )}
      {identical && programs.length === 0 && (
        <Notice title="The programs that both jobs ran do not differ">
          <p>They have the same objects, environment, modules and arguments.</p>
        </Notice>
      )}
      {(onlyFirst.length > 0 || onlySecond.length > 0) && (
        <Sheet title="Programs that only one job ran">
          <ul class="lines">
            <Signed lines={onlyFirst} isAdded={false} />
            <Signed lines={onlySecond} isAdded />
          </ul>
        </Sheet>
      )}
      {programs.map((program) => (
        <Program key={program.program} program={program} />
      ))}
      <Completeness of={answer} />
    </>
  );
}

function Program({ program }: { program: ProgramDifference }) {
  const { runsFirst, runsSecond, objects, environment, modules, arguments: lists } = program;
  const commandLines = (all: typeof lists.first) => all.map((list) => list.join(" "));
  return (
    <Sheet
      title={`Differences of ${program.program}`}
      heading={<Path path={program.program} />}
      note={`${counted(runsFirst, "run")} before, ${counted(runsSecond, "run")} after`}
    >
      <div class="differences">
        <Group title="Objects" size={objects.length}>
          {objects.map(({ name, first, second }) => (
            <li key={name}>
              <Reported text={name} />
              <ObjectSide object={first} isAdded={false} />
              <ObjectSide object={second} isAdded />
            </li>
          ))}
        </Group>
        <Group title="Environment" size={environment.length}>
          {environment.map(({ name, first, second }) => (
            <li key={name}>
              <Reported text={name} />
              <ul>
                <Signed lines={first} isAdded={false} empty="(not set)" />
                <Signed lines={second} isAdded empty="(not set)" />
              </ul>
            </li>
          ))}
        </Group>
        <Group title="Modules" size={modules.onlyFirst.length + modules.onlySecond.length}>
          <Signed lines={modules.onlyFirst} isAdded={false} />
          <Signed lines={modules.onlySecond} isAdded />
        </Group>
        <Group title="Arguments" size={lists.first.length + lists.second.length}>
          <Signed lines={commandLines(lists.first)} isAdded={false} />
          <Signed lines={commandLines(lists.second)} isAdded />
        </Group>
      </div>
    </Sheet>
  );
}

function Group({ title, size, children }: { title: string; size: number; children: ComponentChildren }) {
  if (size === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul class="lines">{children}</ul>
    </div>
  );
}

/** The lines of one side; `empty` is shown for a side without lines. */
function Signed({ lines, isAdded, empty }: { lines: readonly string[]; isAdded: boolean; empty?: string }) {
  const shown = lines.length === 0 && empty !== undefined ? [""] : lines;
  return (
    <>
      {shown.map((line) => (
        <li key={line} class={isAdded ? "added" : "removed"}>
          <Sign isAdded={isAdded} />
          <Reported text={line} empty={empty ?? "(empty)"} />
        </li>
      ))}
    </>
  );
}

const Sign = ({ isAdded }: { isAdded: boolean }) => (
  <>
    <span class="sign" aria-hidden="true">
      {isAdded ? "+" : "−"}
    </span>
    <span class="unseen">{isAdded ? "after: " : "before: "}</span>
  </>
);

const ObjectSide = ({ object, isAdded }: { object: ObjectDifference["first"]; isAdded: boolean }) => (
  <div class={isAdded ? "added side" : "removed side"}>
    <Sign isAdded={isAdded} />
    {object === null ? (
      <span class="faint">(not loaded)</span>
    ) : (
      <div>
        <Path path={object.path} /> <Verdict verdict={object.verdict} reason={object.reason} />
        <Identity {...object} />
      </div>
    )}
  </div>
);
