import { OgrtError } from "../../errors.js";

/** What brings all of the optional packages: who lacks one mostly lacks the others, too. */
const REMEDY = "npm install --include=optional ogrt";

/** The error of a tool whose optional package is not there. */
export function missingEngine(name: string, cause: unknown): OgrtError {
  return new OgrtError("ENGINE_MISSING", `the package ${name} is not installed; ${REMEDY} installs it`, {
    value: name,
    cause,
  });
}
