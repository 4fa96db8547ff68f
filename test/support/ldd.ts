import { spawnSync } from "node:child_process";

/** The output of ldd(1): the file of each needed library, or `undefined` if it is not found. The vDSO is left out. */
export function ldd(path: string, environment: Record<string, string> = {}): Map<string, string | undefined> {
  const { stdout } = spawnSync("ldd", [path], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", ...environment },
  });
  const found = new Map<string, string | undefined>();
  for (const line of stdout.split("\n")) {
    const [, name = "", file] = /^\t(\S+) => (not found|\S+)/.exec(line) ?? [];
    if (name !== "") found.set(name, file === "not found" ? undefined : file);
  }
  return found;
}
