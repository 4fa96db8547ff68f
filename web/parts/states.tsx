import type { ComponentChildren } from "preact";
import type { Asked } from "../base/answers.js";

interface NoticeProps {
  readonly title: string;
  readonly tone?: "calm" | "bad";
  readonly children?: ComponentChildren;
}

/** A message in place of data that is missing. */
export function Notice({ title, tone = "calm", children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** A placeholder that appears only when an answer takes long enough to be noticed. */
function Waiting() {
  return (
    <div class="waiting" role="status">
      <span class="unseen">Loading</span>
      <i />
      <i />
      <i />
    </div>
  );
}

/** Shows an answer, or why there is none. */
export function Answered<T>({ asked, children }: { asked: Asked<T>; children: (answer: T) => ComponentChildren }) {
  const { answer, problem, isLoading, again } = asked;
  const notice = problem && (
    <Notice tone="bad" title={problem.isRefusal ? "The request failed" : "The collector does not answer"}>
      <p>{problem.isRefusal ? problem.message : "The page asks again every few seconds."}</p>
      <p>
        <button type="button" onClick={again}>
          Ask again
        </button>
      </p>
    </Notice>
  );
  if (answer === undefined) return notice ?? (isLoading ? <Waiting /> : null);
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
