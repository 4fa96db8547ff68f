import { OgrtError } from "../../errors.js";
import { type Located, LocatedError, readDocument, type Table } from "./document.js";
import {
  FILE_VARIABLE,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  settingOf,
  VARIABLE_PREFIX,
  variableOf,
} from "./settings.js";
import { suggestion } from "./suggestion.js";

/** Where settings come from; the first that has one wins. */
export interface Sources {
  readonly options: Partial<Settings>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of a configuration file. */
  readonly file: string | undefined;
}

export interface Configuration {
  readonly settings: Settings;
  /** For people: where each setting comes from. */
  readonly origins: Readonly<Record<SettingName, string>>;
}

/** All that is wrong with a configuration, so that nobody has to start the collector once for each mistake. */
export class ConfigurationProblems extends Error {
  readonly problems: readonly OgrtError[];

  constructor(problems: readonly OgrtError[]) {
    super(problems.map(({ message }) => message).join("\n"));
    this.problems = problems;
  }
}

/**
 * Options over environment over file over default.
 *
 * @throws {@link ConfigurationProblems}
 */
export async function resolveSettings({ options, environment, file }: Sources): Promise<Configuration> {
  const problems: OgrtError[] = [];
  const document = await readFile(file, problems);
  const settings: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  for (const name of SETTING_NAMES) {
    const setting = settingOf(name);
    const variable = variableOf(setting);
    const text = variable === undefined ? undefined : environment[variable];
    const located = document.get(setting.key);
    const invalid = (sentence: string, cause: unknown, place: { path?: string | undefined; line?: number }) =>
      problems.push(new OgrtError("INVALID_CONFIGURATION", sentence, { ...place, value: setting.key, cause }));
    // All sources are checked, also those that lose: a mistake that hides comes out at the worst time.
    settings[name] = setting.initial;
    origins[name] = "default";
    if (located !== undefined) {
      try {
        settings[name] = setting.check(located.value);
        origins[name] = `${file}:${located.line}`;
      } catch (faults) {
        for (const error of faults instanceof AggregateError ? faults.errors : [faults]) {
          const { message } = error as Error;
          const isInside = error instanceof LocatedError;
          const shown = isInside ? error.part : located;
          const but = shown === undefined ? "" : `, not ${JSON.stringify(plain(shown)) ?? "this"}`;
          const line = isInside ? error.line : located.line;
          invalid(`${setting.key}: ${message}${but}`, error, { path: file, line });
        }
      }
    }
    if (variable !== undefined && text !== undefined && text !== "") {
      try {
        settings[name] = setting.parseVariable(text);
        origins[name] = variable;
      } catch (error) {
        invalid(`${variable}: ${(error as Error).message}, not ${JSON.stringify(text)}`, error, {});
      }
    }
    if (options[name] !== undefined) {
      settings[name] = options[name];
      origins[name] = `--${setting.option}`;
    }
  }
  checkTogether(settings as Settings, problems);
  if (problems.length > 0) throw new ConfigurationProblems(problems);
  return { settings: settings as Settings, origins: origins as Record<SettingName, string> };
}

/** What no setting can know alone. */
function checkTogether({ tlsCertificate, tlsKey }: Settings, problems: OgrtError[]): void {
  if ((tlsCertificate === undefined) === (tlsKey === undefined)) return;
  const [missing, given] = tlsKey === undefined ? ["tls-key", "tls-certificate"] : ["tls-certificate", "tls-key"];
  const sentence = `http.${missing}: is needed by http.${given}`;
  problems.push(new OgrtError("INVALID_CONFIGURATION", sentence, { value: `http.${missing}` }));
}

/** What stands in a file, by the keys of settings. */
async function readFile(file: string | undefined, problems: OgrtError[]): Promise<Table> {
  if (file === undefined) return new Map();
  try {
    return flatten(await readDocument(file), file, problems);
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    problems.push(error);
    return new Map();
  }
}

const KEYS = SETTING_NAMES.map((name) => settingOf(name).key);
const TABLES = new Set(KEYS.filter((key) => key.includes(".")).map((key) => key.slice(0, key.indexOf("."))));

function flatten(document: Table, path: string, problems: OgrtError[]): Table {
  const flat = new Map<string, Located>();
  const refuse = (key: string, line: number, sentence: string) =>
    problems.push(new OgrtError("INVALID_CONFIGURATION", `${key}: ${sentence}`, { path, line, value: key }));
  for (const [key, located] of document) {
    if (!TABLES.has(key)) {
      if (KEYS.includes(key)) flat.set(key, located);
      else refuse(key, located.line, `there is no such setting${suggestion(key, [...TABLES, ...KEYS])}`);
      continue;
    }
    if (!(located.value instanceof Map)) {
      refuse(key, located.line, `expected a table: [${key}]`);
      continue;
    }
    for (const [inner, value] of located.value) {
      const whole = `${key}.${inner}`;
      if (KEYS.includes(whole)) flat.set(whole, value);
      else refuse(whole, value.line, `there is no such setting${suggestion(whole, KEYS)}`);
    }
  }
  return flat;
}

/** A value as JSON can show it. */
function plain({ value }: Located): unknown {
  if (Array.isArray(value)) return (value as readonly Located[]).map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return value;
}

/** Variables that Kubernetes sets in every container for a service that is called ogrt-collector. */
const OF_A_SERVICE = /^OGRT_COLLECTOR_(?:SERVICE_|PORT(?:_|$))/;

/** Variables that somebody may have meant as settings, each with what to say about it. */
export function unknownVariables(environment: Sources["environment"]): string[] {
  const known = SETTING_NAMES.flatMap((name) => variableOf(settingOf(name)) ?? []);
  return Object.keys(environment)
    .filter((name) => name.startsWith(VARIABLE_PREFIX) && name !== FILE_VARIABLE)
    .filter((name) => !known.includes(name) && !OF_A_SERVICE.test(name))
    .map((name) => `${name}: there is no such setting${suggestion(name, known)}`);
}
