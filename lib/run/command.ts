import { spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";

/** How a command ended: an exit status or the signal that killed it. */
export type Ending = { status: number } | { signal: NodeJS.Signals };

const FORWARDED: readonly NodeJS.Signals[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"];
/** A terminal sends these to every process of the foreground group, so the command has its own already. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT"]);

/**
 * Runs the last `count` arguments of this process as a command, with this process's standard streams and environment,
 * in which `variables` are set, and hands it the signals that this process gets. `launcher` is native-preload's
 * ogrt-exec, which takes arguments and environment as the bytes they are; Node.js would change what is no UTF-8.
 * Resolves when the command has ended; one that cannot be started ends with 126 or 127, as from a shell.
 */
export function runCommand(launcher: string, count: number, variables: Record<string, string>): Promise<Ending> {
  return new Promise((resolve, reject) => {
    // Listening comes first: a signal between the two would end this process and leave the command alone. Listeners
    // run from the event loop, when there is a child.
    const forward = (signal: NodeJS.Signals): void => {
      // isatty and not process.stdin, whose mere mention makes the shared descriptor non-blocking.
      if (!(isatty(0) && FROM_TERMINAL.has(signal))) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const child = spawn(launcher, [String(process.pid), String(count), ...settings], { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (status, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve(signal === null ? { status: status ?? 0 } : { signal });
    });
  });
}

/** Ends this process the way the command ended, so that whoever waits for it sees no difference. */
export function endAs(ending: Ending): void {
  if ("status" in ending) {
    process.exitCode = ending.status;
    return;
  }
  // Should the signal not kill (it is blocked, or this is PID 1), the shells' number for it remains.
  process.exitCode = 128 + constants.signals[ending.signal];
  process.kill(process.pid, ending.signal);
}
