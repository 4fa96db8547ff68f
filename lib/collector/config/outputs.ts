import { normalize } from "node:path";
import { OutputConfigError, readOutput } from "../outputs/config.js";
import type { OutputConfig } from "../outputs/kinds.js";
import { checkEach, type Located, LocatedError } from "./document.js";

/** Outputs are tables of a file: neither the command line nor a variable has room for them. */
export function parseOutputs(): never {
  throw new Error("expected tables in a file");
}

export function checkOutputs(value: Located["value"]): readonly OutputConfig[] {
  if (!Array.isArray(value)) throw new Error("expected tables: [[output]]");
  const names = new Set<string>();
  const directories = new Set<string>();
  return checkEach(value as readonly Located[], ({ line, value: table }) => {
    const output = checkOutput(line, table);
    const { name, kind, options } = output;
    if (names.has(name)) throw new LocatedError(line, `name: there is another output of the name ${name}`);
    names.add(name);
    if (kind !== "json-files") return output;
    // Relative to the data directory, which another source of settings may name.
    const directory = normalize(`${options.directory}/`);
    if (directories.has(directory)) throw new LocatedError(line, `directory: another output writes its files there`);
    directories.add(directory);
    return output;
  });
}

function checkOutput(line: number, table: Located["value"]): OutputConfig {
  if (!(table instanceof Map)) throw new LocatedError(line, "expected tables: [[output]]");
  try {
    return readOutput(Object.fromEntries([...table].map(([key, { value }]) => [key, value])));
  } catch (error) {
    if (!(error instanceof OutputConfigError)) throw error;
    throw new LocatedError(table.get(error.key)?.line ?? line, `${error.key}: ${error.message}`);
  }
}
