import { written } from "./fields.js";
import { SETTING_NAMES, type SettingName, type Settings, settingOf } from "./settings.js";

/**
 * Compares settings that were read again with those in effect. Returns the settings to put in effect, with the names of
 * those that changed and apply now, and of those that change at the next restart.
 */
export function changesOf(before: Settings, after: Settings) {
  const text = (settings: Settings, name: SettingName) => JSON.stringify(written(settingOf(name), settings[name]));
  const changed = SETTING_NAMES.filter((name) => text(before, name) !== text(after, name));
  const applied = changed.filter((name) => settingOf(name).reload);
  const settings: Settings = { ...before, ...Object.fromEntries(applied.map((name) => [name, after[name]])) };
  return { settings, applied, deferred: changed.filter((name) => !settingOf(name).reload) };
}
