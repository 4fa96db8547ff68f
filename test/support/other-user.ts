import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach } from "vitest";

/** Another person on this host. */
export const OTHER_UID = 4321;

/** Only root can become another user; tests that need that are skipped aloud. */
export const cannotBecomeOthers = process.getuid?.() !== 0;

const running = new Set<ChildProcess>();

/** Runs CommonJS code as the other user until the test ends, and resolves with the first line that it prints. */
export async function runAsOther(code: string): Promise<string> {
  const child = spawn(process.execPath, ["-e", becomeOther(code)], { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  const ended = once(child, "exit").then(([status]) => Promise.reject(new Error(`ended with ${status}`)));
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  ended.catch(() => {});
  return line as string;
}

/** The same code in a script of its own, for programs that are started otherwise. */
export const becomeOther = (code: string): string =>
  `process.setgid(${OTHER_UID}); process.setuid(${OTHER_UID}); ${code}`;

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
