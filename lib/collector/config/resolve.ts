import { OgrtError } from "../../errors.js";
import { type Located, readDocument, type Table } from "./document.js";
import { bothOrNeither } from "./fields.js";
import { type Mistake, Mistakes, unknownKey } from "./mistakes.js";
import {
  FILE_VARIABLE,
  SETTING_NAMES,
  type Setting,
  type SettingName,
  type Settings,
  settingOf,
  VARIABLE_PREFIX,
  variableOf,
} from "./settings.js";
import { suggestion } from "./suggestion.js";

/** Where settings come from. Options override the environment, which overrides the file. */
export interface Sources {
  readonly options: Partial<Settings>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of a configuration file. */
  readonly file: string | undefined;
}

export interface Configuration {
  readonly settings: Settings;
  /** Where each setting comes from, for users. */
  readonly origins: Readonly<Record<SettingName, string>>;
}

/** Everything that is wrong with a configuration, so that users can correct all of it at once. */
export class ConfigurationProblems extends Error {
  readonly problems: readonly OgrtError[];

  constructor(problems: readonly OgrtError[]) {
    super(problems.map(({ message }) => message).join("\n"));
    this.problems = problems;
  }
}

/**
 * Reads all sources and takes each setting from the first that has it.
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
    // Every source is checked, also one that another overrides: its mistake would surface when the other goes away.
    const fromFile = readFromFile(setting, document, file, problems);
    const fromVariable = readFromVariable(setting, environment, problems);
    const fromOption =
      options[name] === undefined ? undefined : { value: options[name], origin: `--${setting.option}` };
    const { value, origin } = fromOption ?? fromVariable ?? fromFile ?? { value: setting.initial, origin: "default" };
    settings[name] = value;
    origins[name] = origin;
  }
  checkTogether(settings as Settings, problems);
  if (problems.length > 0) throw new ConfigurationProblems(problems);
  return { settings: settings as Settings, origins: origins as Record<SettingName, string> };
}

interface Found {
  readonly value: unknown;
  readonly origin: string;
}

function readFromFile(
  { key, kind }: Setting,
  document: Table,
  file: string | undefined,
  problems: OgrtError[],
): Found | undefined {
  const located = document.get(key);
  if (located === undefined) return undefined;
  try {
    return { value: kind.check(located, key), origin: `${file}:${located.line}` };
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    problems.push(...error.list.map((mistake) => problemOf(mistake, file)));
    return undefined;
  }
}

function readFromVariable(
  setting: Setting,
  environment: Sources["environment"],
  problems: OgrtError[],
): Found | undefined {
  const variable = variableOf(setting);
  const text = variable === undefined ? undefined : environment[variable];
  if (variable === undefined || text === undefined || text === "") return undefined;
  try {
    return { value: setting.kind.parse(text), origin: variable };
  } catch (cause) {
    const sentence = `${variable}: ${(cause as Error).message}, not ${JSON.stringify(text)}`;
    problems.push(new OgrtError("INVALID_CONFIGURATION", sentence, { value: setting.key, cause }));
    return undefined;
  }
}

const problemOf = ({ line, key, sentence }: Mistake, path: string | undefined) =>
  new OgrtError("INVALID_CONFIGURATION", `${key}: ${sentence}`, { path, line, value: key });

/** Checks settings that depend on each other. */
function checkTogether({ tlsCertificate, tlsKey }: Settings, problems: OgrtError[]): void {
  const conflict = bothOrNeither({ "http.tls-certificate": tlsCertificate, "http.tls-key": tlsKey });
  if (conflict === undefined) return;
  const [key, sentence] = conflict;
  problems.push(new OgrtError("INVALID_CONFIGURATION", `${key}: ${sentence}`, { value: key }));
}

/** Reads the values of a file, by the keys of settings. */
async function readFile(file: string | undefined, problems: OgrtError[]): Promise<Table> {
  if (file === undefined) return new Map();
  try {
    return flatten(await readDocument(file), (mistake) => problems.push(problemOf(mistake, file)));
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    problems.push(error);
    return new Map();
  }
}

const KEYS = SETTING_NAMES.map((name) => settingOf(name).key);
const TABLES = new Set(KEYS.filter((key) => key.includes(".")).map((key) => key.slice(0, key.indexOf("."))));

function flatten(document: Table, report: (mistake: Mistake) => void): Table {
  const flat = new Map<string, Located>();
  const add = (key: string, value: Located, known: readonly string[]) => {
    if (KEYS.includes(key)) flat.set(key, value);
    else report(unknownKey(key, value.line, suggestion(key, known)));
  };
  for (const [key, located] of document) {
    if (!TABLES.has(key)) add(key, located, [...TABLES, ...KEYS]);
    else if (!(located.value instanceof Map))
      report({ line: located.line, key, sentence: `expected a table: [${key}]` });
    else for (const [inner, value] of located.value) add(`${key}.${inner}`, value, KEYS);
  }
  return flat;
}

/** Variables that Kubernetes sets in every container for a service named ogrt-collector. */
const SERVICE_VARIABLE = /^OGRT_COLLECTOR_(?:SERVICE_|PORT(?:_|$))/;

/** Returns a sentence for each variable whose name looks like that of a setting. */
export function unknownVariables(environment: Sources["environment"]): string[] {
  const known = SETTING_NAMES.flatMap((name) => variableOf(settingOf(name)) ?? []);
  return Object.keys(environment)
    .filter((name) => name.startsWith(VARIABLE_PREFIX) && name !== FILE_VARIABLE)
    .filter((name) => !known.includes(name) && !SERVICE_VARIABLE.test(name))
    .map((name) => `${name}: there is no such setting${suggestion(name, known)}`);
}
