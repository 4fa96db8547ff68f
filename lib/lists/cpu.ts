import type { Answer } from "../client/index.js";

type End = NonNullable<Answer<"job">["processes"][number]["end"]>;

/** The CPU time of a process that ended, in milliseconds. */
export const cpuMsOf = ({ usage }: End): number => Number(usage.userTime) + Number(usage.systemTime);

/** The CPU time of the processes that ended, null when none did, and the number of those. */
export function cpuOfProcesses(processes: readonly { readonly end: End | null }[]): {
  readonly cpuMs: number | null;
  readonly ended: number;
} {
  const ends = processes.flatMap(({ end }) => (end === null ? [] : [end]));
  const cpuMs = ends.length === 0 ? null : ends.reduce((sum, end) => sum + cpuMsOf(end), 0);
  return { cpuMs, ended: ends.length };
}
