import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { Form } from "../parts/form.js";
import { Identity } from "../parts/object-table.js";
import { Answered, Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { View } from "../parts/view.js";

type Difference = Answer<"jobDifference">;
type Program = Difference["programs"][number];
type Changed = Program["objects"][number];

/** What is different between two jobs: "it worked last week". */
export function Compare({ query }: { query: URLSearchParams }) {
  const [first, second] = [query.get("first") ?? "", query.get("second") ?? ""];
  const asked = useAnswer("jobDifference", first === "" || second === "" ? undefined : { first, second });
  return (
    <View title="Compare two jobs">
      <Form class="filters" shows={`${first} ${second}`} onSubmit={(fields) => navigate(address("/compare", fields))}>
        <label>
          Before (−)
          <input name="first" required defaultValue={first} maxLength={1024} autocomplete="off" spellcheck={false} />
        </label>
        <label>
          After (+)
          <input name="second" required defaultValue={second} maxLength={1024} autocomplete="off" spellcheck={false} />
        </label>
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
      <Answered asked={asked}>{(answer) => <Found answer={answer} />}</Answered>
    </View>
  );
}

function Found({ answer }: { answer: Difference }) {
  const { identical, truncated, onlyFirst, onlySecond, programs } = answer;
  return (
    <>
      {truncated && <p class="tone-warn">A job has more processes than are compared: those that started first are.</p>}
      {identical && programs.length === 0 && (
        <Notice title="The programs that both jobs ran show no difference">
          <p>Same objects, environment, modules and arguments.</p>
        </Notice>
      )}
      {(onlyFirst.length > 0 || onlySecond.length > 0) && (
        <section class="sheet" aria-labelledby="only">
          <header>
            <h2 id="only">Programs that only one of them ran</h2>
          </header>
          <ul class="lines body">
            <Signed lines={onlyFirst} isAdded={false} />
            <Signed lines={onlySecond} isAdded />
          </ul>
        </section>
      )}
      {programs.map((program) => (
        <ProgramDifference key={program.program} program={program} />
      ))}
      <Completeness of={answer} />
    </>
  );
}

function ProgramDifference({ program }: { program: Program }) {
  const { runsFirst, runsSecond, objects, environment, modules, arguments: lists } = program;
  const hasModules = modules.onlyFirst.length > 0 || modules.onlySecond.length > 0;
  const hasArguments = lists.first.length > 0 || lists.second.length > 0;
  return (
    <section class="sheet wrap" aria-label={`Differences of ${program.program}`}>
      <header>
        <h2>
          <Path path={program.program} />
        </h2>
        <span>
          {counted(runsFirst, "run")} before, {counted(runsSecond, "run")} after
        </span>
      </header>
      <div class="body differences">
        {objects.length > 0 && (
          <div>
            <h3>Objects</h3>
            <ul class="lines">
              {objects.map(({ name, first, second }) => (
                <li key={name}>
                  <Reported text={name} />
                  <ObjectSide object={first} isAdded={false} />
                  <ObjectSide object={second} isAdded />
                </li>
              ))}
            </ul>
          </div>
        )}
        {environment.length > 0 && (
          <div>
            <h3>Environment</h3>
            <ul class="lines">
              {environment.map(({ name, first, second }) => (
                <li key={name}>
                  <Reported text={name} />
                  <ul>
                    <Signed lines={first} isAdded={false} empty="(not set)" />
                    <Signed lines={second} isAdded empty="(not set)" />
                  </ul>
                </li>
              ))}
            </ul>
          </div>
        )}
        {hasModules && (
          <div>
            <h3>Modules</h3>
            <ul class="lines">
              <Signed lines={modules.onlyFirst} isAdded={false} />
              <Signed lines={modules.onlySecond} isAdded />
            </ul>
          </div>
        )}
        {hasArguments && (
          <div>
            <h3>Arguments</h3>
            <ul class="lines">
              <Signed lines={lists.first.map((list) => list.join(" "))} isAdded={false} />
              <Signed lines={lists.second.map((list) => list.join(" "))} isAdded />
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

/** Lines of one side; nothing on a side is said, too. */
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

function Sign({ isAdded }: { isAdded: boolean }) {
  return (
    <>
      <span class="sign" aria-hidden="true">
        {isAdded ? "+" : "−"}
      </span>
      <span class="unseen">{isAdded ? "after: " : "before: "}</span>
    </>
  );
}

function ObjectSide({ object, isAdded }: { object: Changed["first"]; isAdded: boolean }) {
  return (
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
}
