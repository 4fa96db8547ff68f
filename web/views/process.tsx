import type { ComponentChildren } from "preact";
import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { count, counted, duration, kibibytes, time } from "../base/format.js";
import { address } from "../base/router.js";
import { Identity, ObjectTable } from "../parts/object-table.js";
import { Answered, Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { titleOf, View } from "../parts/view.js";

type Process = NonNullable<Answer<"process">["process"]>;

/** One process with everything that its record holds. */
export function Process({ query }: { query: URLSearchParams }) {
  const uuid = query.get("uuid") ?? "";
  const asked = useAnswer("process", uuid === "" ? undefined : { uuid });
  const name = titleOf(asked.answer?.process?.program.path.split("/").pop());
  return (
    <View title={name === undefined ? "Process" : `Process ${name}`}>
      {uuid === "" && <Notice title="No process is named" />}
      <Answered asked={asked}>
        {({ process, truncated }) =>
          process === null ? (
            <Notice title="This process is not in the store">
              <p>It may be older than what is kept, or not have been written yet.</p>
              <p>
                <button type="button" onClick={asked.again}>
                  Ask again
                </button>
              </p>
            </Notice>
          ) : (
            <>
              {truncated && (
                <p class="tone-warn">
                  Parts of this record were left out, because the answer would have been too large.
                </p>
              )}
              <Facts process={process} />
              <Lists process={process} />
            </>
          )
        }
      </Answered>
    </View>
  );
}

function Facts({ process }: { process: Process }) {
  const { uuid, program, job, claimed, started, received, end, pid, parentPid, workingDirectory, container } = process;
  const took = end?.ended ? Date.parse(end.ended) - Date.parse(started) : undefined;
  const usage = end?.usage;
  const place = Object.entries(process.placement).filter(([, value]) => value !== null);
  const placed = place.map(([name, value]) => `${name} ${value}`).join(", ");
  return (
    <div class="columns">
      <Sheet title="Program">
        <dl class="facts wrap">
          <Fact name="Path">
            <a href={address("/lookup", { q: program.path })}>
              <Path path={program.path} />
            </a>
          </Fact>
          <Fact name="Verdict">
            <Verdict verdict={program.verdict} reason={program.reason} />{" "}
            {program.reason !== null && <span class="faint">{program.reason}</span>}
            {program.compared !== null && <span class="faint"> else {program.compared}</span>}
          </Fact>
          <Fact name="Identity">
            <Identity {...program} />
          </Fact>
          <Fact name="Directory">
            <Reported text={workingDirectory} />
          </Fact>
          {process.execOf !== null && (
            <Fact name="Took the place of">
              <a class="mono" href={address("/process", { uuid: process.execOf })}>
                {process.execOf}
              </a>
            </Fact>
          )}
        </dl>
      </Sheet>
      <Sheet title="Where and when" note="user and host are what the process said">
        <dl class="facts">
          <Fact name="Job">
            {job === null ? (
              <span class="faint">none</span>
            ) : (
              <a href={address("/job", { id: job })}>
                <Reported text={job} />
              </a>
            )}
          </Fact>
          <Fact name="User">
            <Reported text={claimed.user} empty={claimed.uid === null ? "–" : `uid ${claimed.uid}`} />
            {claimed.effectiveUid !== null && claimed.effectiveUid !== claimed.uid && (
              <span class="faint"> acting as uid {claimed.effectiveUid}</span>
            )}
          </Fact>
          <Fact name="Host">
            <Reported text={claimed.host} />
            {container !== null && (
              <span class="faint">
                {" "}
                in container <Reported text={container} />
              </span>
            )}
          </Fact>
          <Fact name="Pid">
            {pid} <span class="faint">of {parentPid}</span>
          </Fact>
          {placed !== "" && (
            <Fact name="Placement">
              <Reported text={placed} />
            </Fact>
          )}
          <Fact name="Started">
            {time(started)} <span class="faint">received {time(received)}</span>
          </Fact>
          <Fact name="Took">{took === undefined ? <span class="faint">no end was told</span> : duration(took)}</Fact>
          {usage !== undefined && (
            <>
              <Fact name="CPU">
                {duration(Number(usage.userTime))} user, {duration(Number(usage.systemTime))} system
              </Fact>
              <Fact name="Memory">{kibibytes(Number(usage.maxResident))} at most</Fact>
              <Fact name="Input, output">
                {count(Number(usage.blocksIn))} and {count(Number(usage.blocksOut))} blocks;{" "}
                {counted(Number(usage.majorFaults), "major fault")}
              </Fact>
            </>
          )}
          <Fact name="Record">
            <span class="mono small">{uuid}</span>
          </Fact>
        </dl>
      </Sheet>
    </div>
  );
}

function Lists({ process }: { process: Process }) {
  const { arguments: list, commandLine, modules, environment, objects, counts, end, omitted } = process;
  const all = [...objects, ...(end?.objects ?? [])];
  return (
    <>
      <Sheet title="Arguments">
        {list.length === 0 ? (
          <p>
            <Reported text={commandLine} empty="none" />
          </p>
        ) : (
          <ol class="chips">
            {list.slice(0, 1000).map((argument, index) => (
              <li key={index}>
                <Reported text={argument} empty="(empty)" />
              </li>
            ))}
          </ol>
        )}
        {omitted !== null && (
          <p class="tone-warn">
            The client left out {counted(omitted.arguments, "argument")}, {counted(omitted.environment, "variable")},{" "}
            {counted(omitted.objects, "object")}: a record has a largest size.
          </p>
        )}
      </Sheet>
      {modules.length > 0 && (
        <Sheet title="Modules">
          <ul class="chips">
            {modules.map((module) => (
              <li key={module}>
                <Reported text={module} />
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <section class="sheet" aria-labelledby="objects">
        <header>
          <h2 id="objects">Shared objects</h2>
          <span>
            {count(counts.objects + (end?.objects.length ?? 0))}, of those {count(end?.objects.length ?? 0)} loaded
            after the start; what is odd first
          </span>
        </header>
        {all.length === 0 ? <Notice title="None was loaded" /> : <ObjectTable caption="Shared objects" objects={all} />}
      </section>
      <details class="sheet">
        <summary>
          Environment <span class="faint">{counted(counts.environment, "variable")}, secrets removed</span>
        </summary>
        <ul class="lines body">
          {environment.slice(0, 2000).map((variable, index) => (
            <li key={index}>
              <Reported text={variable} />
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Sheet({ title, note, children }: { title: string; note?: string; children: ComponentChildren }) {
  return (
    <section class="sheet" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note !== undefined && <span>{note}</span>}
      </header>
      <div class="body">{children}</div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
