import { written } from "./fields.js";
import type { Written } from "./kinds.js";
import type { Configuration } from "./resolve.js";
import { SETTING_NAMES, type Setting, type SettingName, settingOf } from "./settings.js";

/* What ogrt-collector prints about settings. scripts/reference/settings.ts prints the default file and documentation. */

/** Prints a configuration as a file that gives the same settings, each with its origin. */
export function printSettings({ settings, origins }: Configuration): string {
  return printFile((name, setting, key) => {
    const value = written(setting, settings[name]);
    const line = value === undefined ? `# ${key} = (${setting.initialText})` : `${key} = ${tomlOf(value)}`;
    return [`${line}  # ${origins[name]}`];
  });
}

/** The text of `--help` about a setting. */
export function helpOf(setting: Setting): string {
  const initial = setting.initialText ?? [written(setting, setting.initial) ?? []].flat().join(", ");
  const notes = [...(setting.kind.element ? ["repeatable"] : []), ...(initial === "" ? [] : [`default: ${initial}`])];
  return notes.length === 0 ? setting.help : `${setting.help} (${notes.join(", ")})`;
}

/** Prints settings outside tables first, as TOML requires, then table by table in the order of the settings. */
export function printFile(linesOf: (name: SettingName, setting: Setting, key: string) => string[]): string {
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

/** Prints a value as TOML, which equals JSON except for tables. */
function tomlOf(value: Written | readonly Written[]): string {
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${key} = ${tomlOf(inner)}`);
  return `{ ${pairs.join(", ")} }`;
}
