import { type Command, InvalidArgumentError, Option } from "commander";
import { helpOf } from "../../lib/collector/config/print.js";
import { SETTING_NAMES, type Settings, settingOf } from "../../lib/collector/config/settings.js";

/** Adds an option for each setting that has one. */
export function addSettingOptions(program: Command): void {
  for (const setting of SETTING_NAMES.map(settingOf)) {
    if (setting.option === undefined) continue;
    const option = new Option(`--${setting.option} <${setting.kind.name}>`, helpOf(setting));
    option.argParser((text: string, earlier: unknown) => {
      try {
        const { element } = setting.kind;
        return element ? [...((earlier as unknown[]) ?? []), element.parse(text)] : setting.kind.parse(text);
      } catch (error) {
        throw new InvalidArgumentError(`${(error as Error).message}.`);
      }
    });
    program.addOption(option);
  }
}

/** The settings that the command line gives. */
export function settingsFromOptions(program: Command): Partial<Settings> {
  const values = program.opts<Record<string, unknown>>();
  const attributes = new Map(program.options.map((option) => [option.long, option.attributeName()]));
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [name, values[attributes.get(`--${settingOf(name).option}`) ?? ""]]),
  );
}
