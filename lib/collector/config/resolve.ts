import { OgrtError } from "../../errors.js";
import { didYouMean } from "../../shared/suggestion.js";
import { formatAddress } from "../shared/address.js";
import { type Located, readDocument, type Table } from "./document.js";
import { bothOrNeither } from "./fields.js";
import { Mistakes, mistake, readAll } from "./mistakes.js";
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

/** The sources of settings. Options override the environment, which overrides the file. */
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

/** All mistakes of a configuration, so that users can correct them together. */
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
  const found = await readFile(file, problems);
  const settings: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  for (const name of SETTING_NAMES) {
    const setting = settingOf(name);
    // Every source is checked, also one that another overrides: its mistake would surface when the other goes away.
    const fromVariable = readFromVariable(setting, environment, problems);
    const fromOption =
      options[name] === undefined ? undefined : { value: options[name], origin: `--${setting.option}` };
    const fromFile = found.get(setting.key);
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

const SETTINGS_BY_KEY = new Map(SETTING_NAMES.map(settingOf).map((setting) => [setting.key, setting]));
const TABLES = new Set([...SETTINGS_BY_KEY.keys()].flatMap((key) => /^(.+)\./.exec(key)?.[1] ?? []));

/** Reads the values of a file, by the keys of settings. */
async function readFile(file: string | undefined, problems: OgrtError[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  if (file === undefined) return found;
  try {
    readAll(flatten(await readDocument(file)), ([key, located]) => {
      const setting = SETTINGS_BY_KEY.get(key);
      if (setting !== undefined) {
        found.set(key, { value: setting.kind.check(located, key), origin: `${file}:${located.line}` });
      } else if (TABLES.has(key)) throw mistake(located.line, key, `expected a table: [${key}]`);
      else throw mistake(located.line, key, noSuchSetting(key, [...TABLES, ...SETTINGS_BY_KEY.keys()]));
    });
  } catch (error) {
    if (error instanceof OgrtError) problems.push(error);
    else if (error instanceof Mistakes) {
      for (const { line, key, sentence } of error.list)
        problems.push(problem(key, `${key}: ${sentence}`, { path: file, line }));
    } else throw error;
  }
  return found;
}

/** The values of a document by the keys of settings, such as `store.keep`. */
function* flatten(document: Table): Generator<[string, Located]> {
  for (const [key, located] of document) {
    if (!TABLES.has(key) || !(located.value instanceof Map)) yield [key, located];
    else for (const [inner, value] of located.value as Table) yield [`${key}.${inner}`, value];
  }
}

function readFromVariable(
  setting: Setting,
  environment: Sources["environment"],
  problems: OgrtError[],
): Found | undefined {
  const variable = variableOf(setting);
  const text = variable && environment[variable];
  if (!variable || !text) return undefined;
  try {
    return { value: setting.kind.parse(text), origin: variable };
  } catch (cause) {
    const sentence = `${variable}: ${(cause as Error).message}, not ${JSON.stringify(text)}`;
    problems.push(problem(setting.key, sentence, { cause }));
    return undefined;
  }
}

/** Checks settings that depend on each other. */
function checkTogether(settings: Settings, problems: OgrtError[]): void {
  const { tlsCertificate, tlsKey, udp, tcp, unix, listenerClusters } = settings;
  const conflict = bothOrNeither({ "http.tls-certificate": tlsCertificate, "http.tls-key": tlsKey });
  if (conflict !== undefined) problems.push(problem(conflict[0], conflict.join(": ")));
  checkAgents(settings, problems);
  const { agentTcp, agentUnix } = settings;
  const listeners = [...[...udp, ...tcp, ...agentTcp].map(formatAddress), ...unix, ...agentUnix];
  for (const { listener } of listenerClusters) {
    if (listeners.includes(listener)) continue;
    const key = settingOf("listenerClusters").key;
    problems.push(problem(key, `${key}: "${listener}" is not a listener of receive.* or agents.*`));
  }
}

/** Agents send tokens, which must not cross a network in clear. */
function checkAgents(settings: Settings, problems: OgrtError[]): void {
  const { agentTcp, agentUnix, agentNodes, agentTlsCertificate: certificate, agentTlsKey } = settings;
  const conflict = bothOrNeither({ "agents.tls-certificate": certificate, "agents.tls-key": agentTlsKey });
  if (conflict !== undefined) problems.push(problem(conflict[0], conflict.join(": ")));
  if (agentTcp.length + agentUnix.length > 0 && agentNodes === undefined) {
    problems.push(problem("agents.nodes", "agents.nodes: is required by agents.tcp and agents.unix"));
  }
  const open = agentTcp.find(({ host }) => !isLoopback(host));
  if (certificate === undefined && open !== undefined) {
    const sentence = `agents.tcp: ${formatAddress(open)} needs agents.tls-certificate: agents send tokens`;
    problems.push(problem("agents.tcp", sentence));
  }
}

/** Whether a host is an address that only this machine reaches. */
const isLoopback = (host: string) => /^127(?:\.\d{1,3}){3}$/.test(host) || host === "::1" || host === "localhost";

const problem = (key: string, sentence: string, where: { path?: string; line?: number; cause?: unknown } = {}) =>
  new OgrtError("INVALID_CONFIGURATION", sentence, { ...where, value: key });

/** Variables that Kubernetes sets in every container for a service named ogrt-collector. */
const SERVICE_VARIABLE = /^OGRT_COLLECTOR_(?:SERVICE_|PORT(?:_|$))/;

/** Returns a sentence for each variable whose name looks like that of a setting. */
export function unknownVariables(environment: Sources["environment"]): string[] {
  const known = SETTING_NAMES.flatMap((name) => variableOf(settingOf(name)) ?? []);
  return Object.keys(environment)
    .filter((name) => name.startsWith(VARIABLE_PREFIX) && name !== FILE_VARIABLE)
    .filter((name) => !known.includes(name) && !SERVICE_VARIABLE.test(name))
    .map((name) => `${name}: ${noSuchSetting(name, known)}`);
}

const noSuchSetting = (name: string, known: Iterable<string>): string =>
  `there is no such setting${didYouMean(name, known)}`;
