import { OgrtError } from "../errors.js";

/** The error of a tool whose optional package is not there. */
export function missingEngine(name: string, cause: unknown): OgrtError {
  return new OgrtError("ENGINE_MISSING", `the package ${name} is not installed; npm install ${name} installs it`, {
    value: name,
    cause,
  });
}
