import { spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { inheritedDescriptors, stdioWith } from "./descriptors.js";

/** Exit status of a command, or the signal that killed it. */
export type Ending = { status: number } | { signal: NodeJS.Signals };

const FORWARDED: readonly NodeJS.Signals[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"];
/** A terminal sends these to every process of the foreground group, so the command gets them anyway. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT"]);

/**
 * Runs the last `count` arguments of this process as a command, with its descriptors and its environment plus
 * `variables`, and forwards signals to it. `launcher` is ogrt-exec of native-preload, which passes arguments and environment
 * on as bytes; Node.js would change invalid UTF-8. Resolves when the command has ended. A command that cannot be started
 * ends with 126 or 127, as from a shell.
 */
export function runCommand(launcher: string, count: number, variables: Record<string, string>): Promise<Ending> {
  return new Promise((resolve, reject) => {
    // Listen before spawning: a signal in between would end this process and leave the command running. Listeners run
    // from the event loop, so `child` is set by then.
    const forward = (signal: NodeJS.Signals): void => {
      // Not process.stdin: using it makes the shared descriptor non-blocking.
      if (!(isatty(0) && FROM_TERMINAL.has(signal))) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const child = spawn(launcher, [String(process.pid), String(count), ...settings], {
      stdio: stdioWith(inheritedDescriptors()),
    });
    child.once("error", reject);
    child.once("exit", (status, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve(signal === null ? { status: status ?? 0 } : { signal });
    });
  });
}

/** Ends this process the way the command ended, so that its parent sees the same status. */
export function endAs(ending: Ending): void {
  if ("status" in ending) {
    process.exitCode = ending.status;
    return;
  }
  // If the signal does not kill this process (it is blocked, or this is PID 1), exit as a shell would.
  process.exitCode = 128 + constants.signals[ending.signal];
  process.kill(process.pid, ending.signal);
}
