import { closeSync, opendirSync, openSync, readSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { unreadable } from "../../files/file-errors.js";
import type { Field, Fields } from "./fields.js";
import { OUTPUT_KINDS } from "./outputs/outputs.js";
import { SETTING_NAMES, type Settings, settingOf } from "./settings.js";

/** A file or directory that a setting names and the collector reads. */
export interface InputFile {
  readonly key: string;
  readonly path: string;
  readonly opens: "file" | "directory";
}

/** All that the settings name. An output's key is followed by its name: several outputs have the same keys. */
export function inputFiles(settings: Settings): InputFile[] {
  const ofSettings = SETTING_NAMES.flatMap((name) => {
    const setting = settingOf(name);
    return inputsOf(setting, setting.key, settings[name]);
  });
  const ofOutputs = settings.outputs.flatMap(({ kind, name, options }) => {
    const fields: Fields = OUTPUT_KINDS[kind].options;
    const values: Readonly<Record<string, unknown>> = options;
    return Object.entries(fields).flatMap(([key, field]) => inputsOf(field, `output.${key} of ${name}`, values[key]));
  });
  return [...ofSettings, ...ofOutputs];
}

function inputsOf({ kind }: Field, key: string, value: unknown): InputFile[] {
  const opens = (kind.element ?? kind).opens;
  if (opens === undefined || value === undefined) return [];
  return [value].flat().map((path) => ({ key, path: path as string, opens }));
}

/** Why the collector cannot read an input; undefined if it can. */
export function inputProblem({ key, path, opens }: InputFile): OgrtError | undefined {
  try {
    if (opens === "directory") opendirSync(path).closeSync();
    else readFirstByte(path);
    return undefined;
  } catch (cause) {
    const { message } = unreadable(path, cause);
    return new OgrtError("FILE_UNREADABLE", `${key}: ${message}`, { value: key, cause });
  }
}

/** Opening alone succeeds for a directory. */
function readFirstByte(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, Buffer.alloc(1), 0, 1, 0);
  } finally {
    closeSync(descriptor);
  }
}
