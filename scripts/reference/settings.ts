import { type Field, type Fields, written } from "../../lib/collector/config/fields.js";
import { OUTPUT_FIELDS, OUTPUT_KINDS } from "../../lib/collector/config/outputs/outputs.js";
import { printFile } from "../../lib/collector/config/print.js";
import { SETTING_NAMES, settingOf } from "../../lib/collector/config/settings.js";
import { table } from "./table.js";

/** The default file integrations/ogrt-collector.toml: every setting with its default, commented out. */
export function printDefaultFile(): string {
  const head = [
    "# SPDX-License-Identifier: MIT-0",
    "# Settings of ogrt-collector, each with its default. Generated from lib/collector/config/settings.ts.",
    "# --config FILE reads a file, --check-config reports its mistakes, --print-config prints the settings in effect.",
    "# Options and environment variables override the file. On SIGHUP the collector reads the file again and applies",
    "# the settings marked (reload); the others need a restart.",
    "",
  ];
  return `${head.join("\n")}\n${printFile((_, setting, key) => [
    `# ${paragraph(setting)}${setting.reload ? " (reload)" : ""}`,
    `# ${key} = ${initialOf(setting) ?? `(${setting.initialText})`}`,
    "",
  ])}`;
}

/** The table of docs/reference/configuration.md. */
export function printSettings(): string {
  const rows = SETTING_NAMES.map(settingOf).map((setting) => [
    `\`${setting.key}\``,
    setting.option === undefined ? "" : `\`--${setting.option}\``,
    defaultCell(setting),
    setting.reload ? "yes" : "",
    paragraph(setting),
  ]);
  return table(["key", "option", "default", "reload", "meaning"], rows);
}

/** The tables of docs/reference/outputs.md. */
export const printOutputFields = () => table(["key", "default", "meaning"], rowsOf(OUTPUT_FIELDS));

export const printOutputOptions = () =>
  table(
    ["kind", "option", "default", "meaning"],
    Object.entries(OUTPUT_KINDS).flatMap(([kind, { options }]) =>
      rowsOf(options).map((row) => [`\`${kind}\``, ...row]),
    ),
  );

const rowsOf = (fields: Fields) =>
  Object.entries(fields).map(([key, field]) => [`\`${key}\``, defaultCell(field), paragraph(field)]);

function paragraph({ help, more }: Field): string {
  const sentence = `${help[0]?.toUpperCase()}${help.slice(1)}.`;
  return more === undefined ? sentence : `${sentence} ${more}`;
}

function defaultCell(field: Field): string {
  if (field.isRequired) return "required";
  const initial = initialOf(field);
  return initial === undefined ? (field.initialText ?? "") : `\`${initial}\``;
}

/** The default as a file has it; undefined if it is described in words. */
const initialOf = (field: Field): string | undefined =>
  field.initialText === undefined ? JSON.stringify(written(field, field.initial)) : undefined;
