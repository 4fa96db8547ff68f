import type { Answer } from "../client/index.js";
import { type Column, computed, detail, list, text, time } from "./column.js";

type Process = Answer<"processes">["processes"][number];

export const PROCESS_COLUMNS: readonly Column<Process>[] = [
  time("started", "Started"),
  text("job", "Job"),
  detail(computed("user", "User", "text", ({ claimed: { user, uid } }) => user ?? (uid === null ? null : `${uid}`))),
  detail(computed("host", "Host", "text", ({ claimed }) => claimed.host)),
  detail(computed("pid", "PID", "text", ({ pid }) => `${pid}`)),
  computed("program", "Program", "path", ({ program }) => program.path),
  computed("verdict", "Verdict", "text", ({ program }) => program.verdict),
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
