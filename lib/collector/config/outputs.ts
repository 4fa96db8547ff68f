import { OutputConfigError, readOutput } from "../outputs/config.js";
import type { OutputConfig } from "../outputs/kinds.js";
import { type Located, LocatedError } from "./document.js";

/** Outputs are tables of a file: neither the command line nor a variable has room for them. */
export function parseOutputs(): never {
  throw new Error("expected tables in a file");
}

export function checkOutputs(value: Located["value"]): readonly OutputConfig[] {
  if (!Array.isArray(value)) throw new Error("expected tables: [[output]]");
  const outputs: OutputConfig[] = [];
  for (const { line, value: table } of value as readonly Located[]) {
    const output = checkOutput(line, table);
    if (outputs.some(({ name }) => name === output.name)) {
      throw new LocatedError(line, `name: there is another output of the name ${output.name}`);
    }
    outputs.push(output);
  }
  return outputs;
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
