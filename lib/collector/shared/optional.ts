import { OgrtError } from "../../errors.js";

/** Installs all optional packages: where one is missing, the others mostly are, too. */
const REMEDY = "npm install --include=optional ogrt";

/**
 * A package that only the collector needs.
 *
 * @throws {@link OgrtError} ENGINE_MISSING.
 */
export async function optional<T>(name: string, loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (cause) {
    const sentence = `the package ${name} is not installed; ${REMEDY} installs it`;
    throw new OgrtError("ENGINE_MISSING", sentence, { value: name, cause });
  }
}
