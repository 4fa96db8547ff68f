import { OgrtError } from "../../errors.js";

/** Installs all optional packages: where one is missing, the others mostly are, too. */
const REMEDY = "npm install --include=optional ogrt";

/** The error of a tool that needs an optional package. */
export function missingEngine(name: string, cause: unknown): OgrtError {
  return new OgrtError("ENGINE_MISSING", `the package ${name} is not installed; ${REMEDY} installs it`, {
    value: name,
    cause,
  });
}
