import { printFile } from "../../lib/collector/config/print.js";
import { SETTING_NAMES, type Setting, settingOf } from "../../lib/collector/config/settings.js";
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
    `# ${key} = ${initialOf(setting)}`,
    "",
  ])}`;
}

/** The table of docs/reference/configuration.md. */
export function printSettings(): string {
  const rows = SETTING_NAMES.map(settingOf).map((setting) => [
    `\`${setting.key}\``,
    setting.option === undefined ? "" : `\`--${setting.option}\``,
    setting.initialText ?? `\`${initialOf(setting)}\``,
    setting.reload ? "yes" : "",
    paragraph(setting),
  ]);
  return table(["key", "option", "default", "reload", "meaning"], rows);
}

function paragraph({ help, more }: Setting<unknown>): string {
  const sentence = `${help[0]?.toUpperCase()}${help.slice(1)}.`;
  return more === undefined ? sentence : `${sentence} ${more}`;
}

const initialOf = ({ initial, initialText, write }: Setting<unknown>) =>
  initialText === undefined ? JSON.stringify(write(initial)) : `(${initialText})`;
