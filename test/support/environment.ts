import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./tools.js";

/** Runs a function with additional environment variables, which the programs that it starts inherit. */
export async function withEnvironment<T>(variables: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Compiles a preload library of test/support/shims and returns its path. */
export function buildShim(folder: string, name: string): string {
  const library = join(folder, `${name}.so`);
  const source = join(root, "test/support/shims", `${name}.c`);
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, source]);
  return library;
}
