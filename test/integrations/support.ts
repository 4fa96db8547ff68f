import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { launch, type Outcome } from "../native-ld/support/wrapper.js";
import { root, toolPath } from "../support/tools.js";

export const integrations = join(root, "integrations");

/** An environment with `ogrt-stamp` in PATH, as npm installs it. */
export function installed(folder: string): Record<string, string> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "ogrt-stamp"), `#!/bin/sh\nexec '${process.execPath}' '${toolPath("ogrt-stamp")}' "$@"\n`);
  chmodSync(join(bin, "ogrt-stamp"), 0o755);
  const { PATH = "" } = process.env;
  return { PATH: bin + delimiter + PATH };
}

/** Runs a command; throws with its output if it fails. */
export function succeed(cwd: string, command: string[], env: Record<string, string | undefined> = {}): Outcome {
  const outcome = launch(cwd, command, env);
  if (outcome.status !== 0) throw new Error(`${command.join(" ")}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}
