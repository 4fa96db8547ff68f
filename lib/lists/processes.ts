import type { Answer } from "../client/index.js";
import { type Column, computed, detail, jobColumns, list, text, time, verdicts } from "./column.js";

type Process = Answer<"processes">["processes"][number];

export const PROCESS_COLUMNS: readonly Column<Process>[] = [
  time("started", "Started"),
  ...jobColumns(({ placement, job }: Pick<Process, "placement" | "job">) => ({ cluster: placement.cluster, job })),
  detail(computed("user", "User", "text", ({ claimed: { user, uid } }) => user ?? (uid === null ? null : `${uid}`))),
  detail(computed("host", "Host", "text", ({ claimed }) => claimed.host)),
  detail(computed("pid", "PID", "text", ({ pid }) => `${pid}`)),
  computed("program", "Program", "path", ({ program }) => program.path),
  verdicts(computed("verdict", "Verdict", "text", ({ program }) => program.verdict)),
  detail(
    computed("objects", "Objects", "text", ({ verdicts }) =>
      Object.entries(verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(", "),
    ),
  ),
  detail(text("uuid", "UUID")),
];

export const PROCESSES = list("processes", "processes", PROCESS_COLUMNS);

/** A process of another answer as a row of these columns: how many of its objects have which verdict. */
export function withVerdicts<P extends { readonly objects: readonly { readonly verdict: string }[] }>(
  process: P,
): P & { readonly verdicts: Record<string, number> } {
  const verdicts: Record<string, number> = {};
  for (const { verdict } of process.objects) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return { ...process, verdicts };
}
