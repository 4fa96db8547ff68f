import type { EnvironmentRule } from "./environment-rules.js";
import { DEFAULT_RULES } from "./environment-rules.js";

/** What a site says about itself, as far as answers depend on it. */
export interface AnswerSettings {
  /** Name globs of the directories in which users keep what they brought themselves. */
  readonly userDirectories: readonly string[];
  readonly environmentRules: readonly EnvironmentRule[];
}

export const DEFAULT_SETTINGS: AnswerSettings = {
  userDirectories: [
    "/home/*",
    "/users/*",
    "/scratch/*",
    "/work/*",
    "/lustre/*",
    "/gpfs/*",
    "/tmp/*",
    "/var/tmp/*",
    "/dev/shm/*",
  ],
  environmentRules: DEFAULT_RULES,
};
