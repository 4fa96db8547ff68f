import type { Configuration } from "./resolve.js";
import { SETTING_NAMES, type Setting, type SettingName, settingOf, variableOf, type Written } from "./settings.js";

/* Settings as text: the effective ones and their help. scripts/reference/settings.ts prints the default file and documentation. */

/** A configuration as a file that says the same, each setting with its origin. */
export function printSettings({ settings, origins }: Configuration): string {
  return printFile((name, setting, key) => {
    const written = setting.write(settings[name]);
    const line = written === undefined ? `# ${key} = (${setting.initialText})` : `${key} = ${tomlOf(written)}`;
    return [`${line}  # ${origins[name]}`];
  });
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
export function printFile(linesOf: Lines): string {
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

/** A value as TOML; but for tables that is as JSON. */
function tomlOf(written: Written | readonly Written[]): string {
  if (Array.isArray(written)) return `[${written.map(tomlOf).join(", ")}]`;
  if (typeof written !== "object") return JSON.stringify(written);
  return `{ ${Object.entries(written)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(", ")} }`;
}

const textOf = (written: ReturnType<Setting<unknown>["write"]>) =>
  Array.isArray(written) ? written.join(", ") : `${written ?? ""}`;
