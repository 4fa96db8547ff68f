import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";

/** Exit statuses of a command that could not be started, as shells have them (POSIX XCU 2.8.2). */
export const CANNOT_EXECUTE = 126;
export const NOT_FOUND = 127;

/** How a command ended: an exit status or the signal that killed it. */
export type Ending = { status: number } | { signal: NodeJS.Signals } | { failure: NodeJS.ErrnoException };

const FORWARDED: readonly NodeJS.Signals[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"];
/** A terminal sends these to every process of the foreground group, so the command has its own already. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT"]);

/**
 * Runs a command with this process's standard streams and hands it the signals that this process gets. Resolves when
 * it has ended; signals that arrive in between do not end this process.
 */
export function runCommand(file: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ending> {
  return new Promise((resolve) => {
    // Listening comes first: a signal between the two would end this process and leave the command alone. Listeners
    // run from the event loop, when there is a child.
    const forward = (signal: NodeJS.Signals): void => {
      if (!(process.stdin.isTTY && FROM_TERMINAL.has(signal))) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const child = spawn(file, args, { stdio: "inherit", env: environment });
    const end = (ending: Ending): void => {
      for (const signal of FORWARDED) process.off(signal, forward);
      resolve(ending);
    };
    child.once("error", (failure) => end({ failure }));
    child.once("exit", (status, signal) => end(signal === null ? { status: status ?? 0 } : { signal }));
  });
}

/**
 * Whether a command failed to start because there is none of its name. For a bare name execvp(3) says EACCES, not
 * ENOENT, as soon as one folder of PATH may not be searched.
 */
export function isNotFound(
  file: string,
  { code }: NodeJS.ErrnoException,
  searchPath = process.env["PATH"] ?? "",
): boolean {
  if (code === "ENOENT") return true;
  if (code !== "EACCES" || file.includes("/")) return false;
  return !searchPath.split(delimiter).some((folder) => existsSync(join(folder, file)));
}

/** Ends this process the way the command ended, so that whoever waits for it sees no difference. */
export function endAs(ending: { status: number } | { signal: NodeJS.Signals }): void {
  if ("status" in ending) {
    process.exitCode = ending.status;
    return;
  }
  // Should the signal not kill (it is blocked, or this is PID 1), the shells' number for it remains.
  process.exitCode = 128 + constants.signals[ending.signal];
  process.kill(process.pid, ending.signal);
}
