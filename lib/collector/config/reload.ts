import { SETTING_NAMES, type SettingName, type Settings, settingOf } from "./settings.js";

export interface Changes {
  /** What is in effect from now on. */
  readonly settings: Settings;
  /** Settings that were taken over. */
  readonly taken: readonly SettingName[];
  /** Settings that stay as they were until a restart. */
  readonly waiting: readonly SettingName[];
}

/** What a running collector takes over of settings that were read again. */
export function changesOf(before: Settings, after: Settings): Changes {
  const written = (settings: Settings, name: SettingName) => JSON.stringify(settingOf(name).write(settings[name]));
  const changed = SETTING_NAMES.filter((name) => written(before, name) !== written(after, name));
  const taken = changed.filter((name) => settingOf(name).reload);
  const values = Object.fromEntries(SETTING_NAMES.map((name) => [name, (taken.includes(name) ? after : before)[name]]));
  return {
    settings: values as unknown as Settings,
    taken,
    waiting: changed.filter((name) => !settingOf(name).reload),
  };
}
