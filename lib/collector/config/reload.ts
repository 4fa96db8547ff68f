import { written } from "./fields.js";
import { SETTING_NAMES, type SettingName, type Settings, settingOf } from "./settings.js";

export interface Changes {
  /** The settings in effect from now on. */
  readonly settings: Settings;
  /** Changed settings that are applied. */
  readonly applied: readonly SettingName[];
  /** Changed settings that need a restart. */
  readonly deferred: readonly SettingName[];
}

/** Compares settings that were read again with those in effect. */
export function changesOf(before: Settings, after: Settings): Changes {
  const text = (settings: Settings, name: SettingName) => JSON.stringify(written(settingOf(name), settings[name]));
  const changed = SETTING_NAMES.filter((name) => text(before, name) !== text(after, name));
  const applied = changed.filter((name) => settingOf(name).reload);
  return {
    settings: { ...before, ...Object.fromEntries(applied.map((name) => [name, after[name]])) },
    applied,
    deferred: changed.filter((name) => !settingOf(name).reload),
  };
}
