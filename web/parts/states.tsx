import type { ComponentChildren } from "preact";
import type { Asked } from "../base/answers.js";

interface NoticeProps {
  readonly title: string;
  readonly isProblem?: boolean;
  readonly children?: ComponentChildren;
}

/** A message in place of data that is missing. */
export const Notice = ({ title, isProblem = false, children }: NoticeProps) => (
  <div class={isProblem ? "notice notice-bad" : "notice"} role={isProblem ? "alert" : undefined}>
    <p class="notice-title">{title}</p>
    {children}
  </div>
);

/** A placeholder that appears only when an answer takes long enough to be noticed. */
const Loading = () => (
  <div class="loading" role="status">
    <span class="unseen">Loading</span>
    <i />
    <i />
    <i />
  </div>
);

/** A button that sends a request again. */
export const AskAgain = ({ again }: Pick<Asked<unknown>, "again">) => (
  <p>
    <button type="button" onClick={again}>
      Ask again
    </button>
  </p>
);

/** Why a question has no new answer. */
function ProblemNotice({ problem, again }: Pick<Asked<unknown>, "problem" | "again">) {
  if (problem === undefined) return null;
  return (
    <Notice isProblem title={problem.isRefusal ? "The request failed" : "The collector does not answer"}>
      <p>{problem.isRefusal ? problem.message : "The page asks again every few seconds."}</p>
      <AskAgain again={again} />
    </Notice>
  );
}

export const isSilent = ({ problem }: Pick<Asked<unknown>, "problem">): boolean => problem?.isRefusal === false;

/** Says once for all questions of a view that the collector does not answer. The others are shown with `saysSilence={false}`. */
export function Silence({ all }: { all: readonly Asked<unknown>[] }) {
  const silent = all.find(isSilent);
  if (silent === undefined) return null;
  const again = () => {
    for (const { again } of all) again();
  };
  return <ProblemNotice problem={silent.problem} again={again} />;
}

interface AnsweredProps<T> {
  readonly asked: Asked<T>;
  readonly saysSilence?: boolean;
  readonly children: (answer: T) => ComponentChildren;
}

/** Shows an answer, or why it is missing. */
export function Answered<T>({ asked, saysSilence = true, children }: AnsweredProps<T>) {
  const { answer, problem, isLoading, again } = asked;
  const notice = (saysSilence || !isSilent(asked)) && <ProblemNotice problem={problem} again={again} />;
  if (answer === undefined) return problem !== undefined ? notice : isLoading ? <Loading /> : null;
  return (
    <>
      {notice}
      {children(answer)}
    </>
  );
}

/** A command that makes a process appear. */
export const TryCommand = () => (
  <pre class="command">
    <code>ogrt-run --job test -- ls</code>
  </pre>
);
