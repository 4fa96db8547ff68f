import { EVENTS } from "../log/events.js";
import type { Configuration } from "./resolve.js";
import { SETTING_NAMES, type Setting, type SettingName, settingOf, variableOf, type Written } from "./settings.js";

/*
 * Settings as text: the effective ones, the documented default file (integrations/ogrt-collector.toml), and tables for
 * docs/configuration.md and docs/operation.md. `npm run generate` writes all but the first; a test fails when they are stale.
 */

/** A configuration as a file that says the same, each setting with its origin. */
export function printSettings({ settings, origins }: Configuration): string {
  return file((name, setting, key) => {
    const written = setting.write(settings[name]);
    const line = written === undefined ? `# ${key} = (${setting.initialText})` : `${key} = ${tomlOf(written)}`;
    return [`${line}  # ${origins[name]}`];
  });
}

/** The default file: every setting with its default, commented out. */
export function printDefaultFile(): string {
  const head = [
    "# SPDX-License-Identifier: MIT-0",
    "# Settings of ogrt-collector, each with its default. Generated from lib/collector/config/settings.ts.",
    "# A file is read with --config FILE; --check-config tells what is wrong with it, --print-config what is in effect.",
    "# Options and environment variables win over the file. SIGHUP makes the collector read it again: settings that are",
    "# marked (reload) follow, the others need a restart.",
    "",
  ];
  return `${head.join("\n")}\n${file((_, setting, key) => [
    `# ${paragraph(setting)}${setting.reload ? " (reload)" : ""}`,
    `# ${key} = ${initialOf(setting)}`,
    "",
  ])}`;
}

/** The table of the documentation. */
export function printTable(): string {
  const head = ["| key | option | default | reload | meaning |", "|---|---|---|---|---|"];
  const rows = SETTING_NAMES.map(settingOf).map((setting) => {
    const cells = [
      `\`${setting.key}\``,
      setting.option === undefined ? "" : `\`--${setting.option}\``,
      setting.initialText ?? `\`${initialOf(setting)}\``,
      setting.reload ? "yes" : "",
      paragraph(setting),
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return [...head, ...rows, ""].join("\n");
}

/** What `--help` says about a setting. */
export function helpOf(setting: Setting<unknown>): string {
  const written = setting.initialText ?? textOf(setting.write(setting.initial));
  const notes = [...(setting.isList ? ["repeatable"] : []), ...(written === "" ? [] : [`default: ${written}`])];
  const variable = variableOf(setting);
  if (variable === undefined) throw new Error(`${setting.key} has no option`);
  return notes.length === 0 ? setting.help : `${setting.help} (${notes.join(", ")})`;
}

type Lines = (name: SettingName, setting: Setting<unknown>, key: string) => string[];

/** The settings of no table first, as TOML wants it; then table by table in the order of the settings. */
function file(linesOf: Lines): string {
  const lines: string[] = [];
  let table = "";
  for (const name of SETTING_NAMES) {
    const setting = settingOf(name);
    const at = setting.key.indexOf(".");
    const own = setting.key.slice(0, Math.max(at, 0));
    if (own !== table) lines.push(...(lines.at(-1) === "" ? [] : [""]), `[${own}]`);
    table = own;
    lines.push(...linesOf(name, setting, setting.key.slice(at + 1)));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function paragraph({ help, more }: Setting<unknown>): string {
  const sentence = `${help[0]?.toUpperCase()}${help.slice(1)}.`;
  return more === undefined ? sentence : `${sentence} ${more}`;
}

/** A value as TOML; but for tables that is as JSON. */
function tomlOf(written: Written | readonly Written[]): string {
  if (Array.isArray(written)) return `[${written.map(tomlOf).join(", ")}]`;
  if (typeof written !== "object") return JSON.stringify(written);
  return `{ ${Object.entries(written)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(", ")} }`;
}

const initialOf = ({ initial, initialText, write }: Setting<unknown>) =>
  initialText === undefined ? JSON.stringify(write(initial)) : `(${initialText})`;

const textOf = (written: ReturnType<Setting<unknown>["write"]>) =>
  Array.isArray(written) ? written.join(", ") : `${written ?? ""}`;

/** The table of events in docs/operation.md. */
export function printEvents(): string {
  const rows = Object.entries(EVENTS).map(([event, [level, meaning]]) => `| \`${event}\` | ${level} | ${meaning} |`);
  return ["| event | level | meaning |", "|---|---|---|", ...rows, ""].join("\n");
}
