import { readFileSync } from "node:fs";

/** Milliseconds per clock tick, in which /proc states CPU times: USER_HZ is 100 on all architectures of Node.js. */
const TICK_MS = 10;

/** What the main thread of a process does. */
export interface ThreadState {
  /** Whether it runs, or would if it got a CPU: it is not in a system call that waits. */
  readonly isRunnable: boolean;
  readonly cpuMs: number;
}

/** State and CPU time of the main thread of a process (proc_pid_stat(5)); undefined when /proc does not tell. */
export function threadState(pid: number): ThreadState | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/stat`, "latin1");
    // The name of the program, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { isRunnable: fields[0] === "R", cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return undefined;
  }
}
