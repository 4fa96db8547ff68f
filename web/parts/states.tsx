import type { ComponentChildren } from "preact";
import type { Asked } from "../base/answers.js";

/** What stands in a view's place while there is nothing to show, and why. */
export function Notice({
  title,
  tone = "calm",
  children,
}: {
  title: string;
  tone?: "calm" | "bad";
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** Lines in the place of what is awaited; it appears only when an answer takes long enough to be noticed. */
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

/** Shows an answer, or what there is instead of one. */
export function Answered<T>({ asked, children }: { asked: Asked<T>; children: (answer: T) => ComponentChildren }) {
  const { answer, problem, isLoading, again } = asked;
  const notice = problem && (
    <Notice tone="bad" title={problem.isRefusal ? "There is no answer to this" : "The collector does not answer"}>
      <p>{problem.isRefusal ? problem.message : "It is asked again every few seconds."}</p>
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
