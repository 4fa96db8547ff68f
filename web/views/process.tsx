import type { ComponentChildren } from "preact";
import type { Answer } from "../../lib/client/index.js";
import { jobReference } from "../../lib/shared/job-reference.js";
import { useAnswer } from "../base/answers.js";
import { coreTime, count, counted, duration, kibibytes, time } from "../base/format.js";
import { address, type ViewProps } from "../base/router.js";
import { FileLink, HostLink, JobLink, UserLink } from "../parts/cell.js";
import { Copyable } from "../parts/copy.js";
import { Identity, ObjectTable } from "../parts/object-table.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, AskAgain, Notice } from "../parts/states.js";
import { Chips, Reported } from "../parts/text.js";
import { FullVerdict } from "../parts/verdict.js";
import { titleOf, View } from "../parts/view.js";

type ProcessRecord = NonNullable<Answer<"process">["process"]>;

interface Props {
  readonly process: ProcessRecord;
}

const MAX_ARGUMENTS = 1000;
const MAX_VARIABLES = 2000;

/** The complete record of one process. */
export function Process({ place }: ViewProps) {
  const uuid = place.query.get("uuid") ?? "";
  const asked = useAnswer("process", uuid === "" ? undefined : { uuid });
  const name = titleOf(asked.answer?.process?.program.path.split("/").pop());
  return (
    <View title={name === undefined ? "Process" : `Process ${name}`}>
      {uuid === "" && <Notice title="The address names no process" />}
      <Answered asked={asked}>
        {({ process, truncated }) =>
          process === null ? (
            <Notice title="This process is not in the store">
              <p>It may be older than the retention period, or not be written yet.</p>
              <AskAgain again={asked.again} />
            </Notice>
          ) : (
            <>
              {truncated && <p class="tone-warn">The record is incomplete because the answer would be too large.</p>}
              <div class="columns">
                <Program process={process} />
                <WhereAndWhen process={process} />
              </div>
              <Arguments process={process} />
              {process.modules.length > 0 && (
                <Sheet title="Modules">
                  <Chips texts={process.modules} />
                </Sheet>
              )}
              <Objects process={process} />
              <Environment process={process} />
            </>
          )
        }
      </Answered>
    </View>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Program = ({ process: { program, workingDirectory, execOf } }: Props) => (
  <Sheet title="Program">
    <dl class="facts">
      <Fact name="Path">
        <Copyable text={program.path} what="path">
          <FileLink path={program.path} />
        </Copyable>
      </Fact>
      <Fact name="Verdict">
        <FullVerdict {...program} />
      </Fact>
      <Fact name="Identity">
        <Identity {...program} />
      </Fact>
      <Fact name="Directory">
        {workingDirectory ? (
          <Copyable text={workingDirectory} what="directory">
            <Reported text={workingDirectory} />
          </Copyable>
        ) : (
          <Reported text={workingDirectory} />
        )}
      </Fact>
      {execOf !== null && (
        <Fact name="Replaced by exec">
          <Copyable text={execOf} what="UUID">
            <a class="mono" href={address("/process", { uuid: execOf })}>
              {execOf}
            </a>
          </Copyable>
        </Fact>
      )}
    </dl>
  </Sheet>
);

function WhereAndWhen({ process }: Props) {
  const { uuid, job, claimed, started, received, end, pid, parentPid, container } = process;
  const placement = Object.entries(process.placement)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  return (
    <Sheet title="Where and when" note="user and host are claimed by the process">
      <dl class="facts">
        <Fact name="Job">
          {job === null ? (
            <span class="faint">none</span>
          ) : (
            <Copyable text={job} what="job id">
              <JobLink job={job} reference={jobReference(process.placement.cluster, job)} />
            </Copyable>
          )}
        </Fact>
        <Fact name="User">
          {claimed.user === null ? (
            <Reported text={claimed.uid === null ? null : `uid ${claimed.uid}`} />
          ) : (
            <UserLink name={claimed.user} />
          )}
          {claimed.effectiveUid !== null && claimed.effectiveUid !== claimed.uid && (
            <span class="faint"> effective uid {claimed.effectiveUid}</span>
          )}
        </Fact>
        <Fact name="Host">
          {claimed.host === null ? (
            <Reported text={null} />
          ) : (
            <HostLink name={claimed.host} cluster={process.placement.cluster} />
          )}
          {container !== null && (
            <span class="faint">
              {" "}
              in container <Reported text={container} />
            </span>
          )}
        </Fact>
        <Fact name="PID">
          {pid} <span class="faint">parent {parentPid}</span>
        </Fact>
        {placement !== "" && (
          <Fact name="Placement">
            <Reported text={placement} />
          </Fact>
        )}
        <Fact name="Started">
          {time(started)} <span class="faint">received {time(received)}</span>
        </Fact>
        <Fact name="Duration">
          {end?.ended ? duration(Date.parse(end.ended) - Date.parse(started)) : <span class="faint">no end</span>}
        </Fact>
        {end !== null && <Usage usage={end.usage} />}
        <Fact name="UUID">
          <Copyable text={uuid} what="UUID">
            <span class="mono small">{uuid}</span>
          </Copyable>
        </Fact>
      </dl>
    </Sheet>
  );
}

const Usage = ({ usage }: { usage: NonNullable<ProcessRecord["end"]>["usage"] }) => (
  <>
    <Fact name="CPU">
      {coreTime(Number(usage.userTime) / 1000)} user, {coreTime(Number(usage.systemTime) / 1000)} system
    </Fact>
    <Fact name="Memory">at most {kibibytes(Number(usage.maxResident))}</Fact>
    <Fact name="Input, output">
      {count(Number(usage.blocksIn))} and {count(Number(usage.blocksOut))} blocks;{" "}
      {counted(Number(usage.majorFaults), "major fault")}
    </Fact>
  </>
);

const Arguments = ({ process: { arguments: list, commandLine, omitted } }: Props) => (
  <Sheet title="Arguments">
    {list.length === 0 ? (
      <p>
        <Reported text={commandLine} empty="none" />
      </p>
    ) : (
      <Chips texts={list.slice(0, MAX_ARGUMENTS)} />
    )}
    {omitted !== null && (
      <p class="tone-warn">
        The client omitted {counted(omitted.arguments, "argument")}, {counted(omitted.environment, "variable")} and{" "}
        {counted(omitted.objects, "object")} because the record would be too large.
      </p>
    )}
  </Sheet>
);

function Objects({ process: { objects, counts, end } }: Props) {
  const loadedLater = end?.objects ?? [];
  const all = [...objects, ...loadedLater];
  return (
    <Sheet
      title="Shared objects"
      note={`${count(counts.objects + loadedLater.length)}, ${count(loadedLater.length)} of them loaded after the start; conspicuous ones first`}
      isFlush
    >
      {(end?.omitted?.objects ?? 0) > 0 && (
        <p class="body tone-warn">
          The client omitted {counted(end?.omitted?.objects ?? 0, "object")} that the process loaded after its start.
        </p>
      )}
      {all.length === 0 ? (
        <Notice title="The process loaded no shared object" />
      ) : (
        <ObjectTable caption="Shared objects" objects={all} />
      )}
    </Sheet>
  );
}

const Environment = ({ process: { environment, counts } }: Props) => (
  <details class="sheet">
    <summary>
      Environment <span class="faint">{counted(counts.environment, "variable")}, secrets removed</span>
    </summary>
    <ul class="lines body">
      {environment.slice(0, MAX_VARIABLES).map((variable, index) => (
        <li key={index}>
          <Reported text={variable} />
        </li>
      ))}
    </ul>
  </details>
);
