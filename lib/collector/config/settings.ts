import { hostname } from "node:os";
import { DEFAULT_PORT } from "../../wire/index.js";
import { DEFAULT_SETTINGS } from "../answers/settings.js";
import { LOG_LEVELS } from "../log/events.js";
import { LOG_FORMATS } from "../log/log.js";
import type { OutputConfig } from "../outputs/kinds.js";
import { defaultDataDirectory } from "../shared/data-directory.js";
import { checkEach, type Located } from "./document.js";
import { ADDRESS, choice, count, DIRECTORY, GLOB, HOST_NAME, type Kind, PATH, PATTERN, SOCKET_PATH } from "./kinds.js";
import { checkOutputs, parseOutputs } from "./outputs.js";

/*
 * All settings of the collector, in one table: options, environment variables, keys of the file, checks, help, the
 * default file and docs/reference/configuration.md come from here.
 */

export interface Setting<T> {
  /** Where it stands in the file. */
  readonly key: string;
  /** Name of its option, without the dashes; settings that are too long for a command line have none. */
  readonly option?: string;
  /** One line for `--help`, without a full stop. */
  readonly help: string;
  /** The sentences after it in the default file and in the documentation. */
  readonly more?: string;
  /** False when a change needs a restart. */
  readonly reload: boolean;
  readonly isList: boolean;
  /** How a value, or each one of a list, is called. */
  readonly valueName: string;
  readonly initial: T;
  /** The initial value in words, where it depends on the machine or is none. */
  readonly initialText?: string;
  /** One more value from the command line. */
  readonly parse: (text: string, before: T | undefined) => T;
  readonly parseVariable: (text: string) => T;
  readonly check: (value: Located["value"]) => T;
  /** As a file has it; undefined when it would have nothing. */
  readonly write: (value: T) => Written | readonly Written[] | undefined;
}

export type Written = string | number | boolean | { readonly [key: string]: string | number | boolean };

type Description<T> = Pick<Setting<T>, "key" | "option" | "help" | "more" | "initial" | "initialText"> & {
  readonly reload?: boolean;
};

function one<T>(kind: Kind<T>, description: Description<NoInfer<T>>): Setting<T> {
  return {
    reload: false,
    ...description,
    isList: false,
    valueName: kind.name,
    parse: kind.parse,
    parseVariable: kind.parse,
    check: kind.check,
    write: kind.write,
  };
}

/** A setting that may have no value at all. */
function optional<T>(kind: Kind<T>, description: Description<NoInfer<T> | undefined>): Setting<T | undefined> {
  return {
    ...one<T>(kind, description as Description<T>),
    ...description,
    write: (value) => (value === undefined ? undefined : kind.write(value)),
  } as Setting<T | undefined>;
}

function many<T>(kind: Kind<T>, description: Description<readonly NoInfer<T>[]>): Setting<readonly T[]> {
  return {
    reload: false,
    ...description,
    isList: true,
    valueName: kind.name,
    parse: (text, before) => [...(before ?? []), kind.parse(text)],
    parseVariable: (text) => text.split(",").map((part) => kind.parse(part.trim())),
    check: (value) => {
      if (!Array.isArray(value)) throw new Error("expected a list in brackets");
      return checkEach(value as readonly Located[], (element) => kind.check(element.value));
    },
    write: (values) => values.map((value) => kind.write(value)),
  };
}

const loopback = (port: number) => ({ host: "127.0.0.1", port });

const SETTINGS = {
  data: optional(PATH, {
    key: "data",
    option: "data",
    help: "data directory, created when missing",
    more: "It must belong to the collector's user, and nobody else may enter it.",
    initial: defaultDataDirectory(),
    initialText: "$XDG_DATA_HOME/ogrt, or ~/.local/share/ogrt",
  }),
  outputs: {
    key: "output",
    help: "where stored events are delivered, a table [[output]] for each",
    more: "With kind, name, start (now or beginning) and the options of the kind; see docs/reference/outputs.md.",
    reload: true,
    isList: true,
    valueName: "tables",
    initial: [],
    parse: parseOutputs,
    parseVariable: parseOutputs,
    check: checkOutputs,
    write: (outputs) => outputs.map(({ kind, name, start, options }) => ({ kind, name, start, ...options })),
  } satisfies Setting<readonly OutputConfig[]> as Setting<readonly OutputConfig[]>,
  udp: many(ADDRESS, {
    key: "receive.udp",
    option: "udp",
    help: "datagrams, one frame each",
    initial: [loopback(DEFAULT_PORT)],
  }),
  tcp: many(ADDRESS, {
    key: "receive.tcp",
    option: "tcp",
    help: "the same frames on streams",
    initial: [loopback(DEFAULT_PORT)],
  }),
  unix: many(SOCKET_PATH, {
    key: "receive.unix",
    option: "unix",
    help: "the same on a unix stream socket, open to every user",
    initial: [],
  }),
  senderRate: one(count("n", 0, 1_000_000), {
    key: "receive.sender-rate",
    option: "sender-rate",
    help: "frames a second that one address may send in the long run, 0 for any number",
    more: "Ten times as many at once. Streams that are faster wait, datagrams are dropped and counted.",
    initial: 5000,
  }),
  http: one(ADDRESS, {
    key: "http.listen",
    option: "http",
    help: "answers and live stream",
    initial: loopback(DEFAULT_PORT + 1),
  }),
  httpNames: many(HOST_NAME, {
    key: "http.names",
    option: "http-name",
    help: "a further name by which clients call this host",
    initial: [],
  }),
  tlsCertificate: optional(PATH, {
    key: "http.tls-certificate",
    option: "tls-certificate",
    help: "PEM file with the certificate for https, and those between it and the authority",
    more: "Needs tls-key. Both files are read again when they change, and on SIGHUP.",
    initial: undefined,
    initialText: "none, http",
  }),
  tlsKey: optional(PATH, {
    key: "http.tls-key",
    option: "tls-key",
    help: "PEM file with its key",
    initial: undefined,
    initialText: "none",
  }),
  flushInterval: one(count("ms", 1, 60_000), {
    key: "store.flush-interval",
    option: "flush-interval",
    help: "longest time until a record is sent to the store",
    more: "In milliseconds. It is what a crash can lose of datagrams.",
    initial: 250,
  }),
  keepDays: optional(count("days", 1, 36_500), {
    key: "store.keep",
    option: "keep",
    help: "remove processes that were received longer ago",
    more: "In days. Looked at hourly, and done when a tenth of all processes or more is too old.",
    reload: true,
    initial: undefined,
    initialText: "never",
  }),
  hostName: one(HOST_NAME, {
    key: "verify.host-name",
    option: "host-name",
    help: "this host as its processes report it",
    initial: hostname(),
    initialText: "this host's name",
  }),
  roots: many(DIRECTORY, {
    key: "verify.roots",
    option: "root",
    help: "read reported files of this host only below DIR",
    initial: ["/"],
  }),
  sharedRoots: many(DIRECTORY, {
    key: "verify.shared-roots",
    option: "shared-root",
    help: "DIR is the same on every host and in containers: verify everybody's files there",
    initial: [],
  }),
  excluded: many(DIRECTORY, {
    key: "verify.exclude",
    option: "exclude",
    help: "never look at paths that are reported below DIR",
    initial: [],
  }),
  registers: many(PATH, {
    key: "names.registers",
    option: "register",
    help: "register of ogrt-stamp, a directory: names of signatures",
    reload: true,
    initial: [],
  }),
  catalogues: many(PATH, {
    key: "names.catalogues",
    option: "catalogue",
    help: "catalogue of ogrt-inspect, a file: names of signatures",
    reload: true,
    initial: [],
  }),
  userDirectories: many(GLOB, {
    key: "answers.user-directories",
    help: "where users keep programs of their own",
    more: "In globs: * stands for any characters.",
    reload: true,
    initial: DEFAULT_SETTINGS.userDirectories,
  }),
  environmentRules: optional(PATH, {
    key: "answers.environment-rules",
    help: "JSON file with rules for environments (docs/reference/answers.md)",
    reload: true,
    initial: undefined,
    initialText: "the built-in rules",
  }),
  redactNames: many(GLOB, {
    key: "redaction.names",
    help: "further names of variables and options whose values are secrets",
    more: "Case does not matter, and * stands for any characters.",
    reload: true,
    initial: [],
  }),
  redactPatterns: many(PATTERN, {
    key: "redaction.patterns",
    help: "regular expressions of secrets",
    more: "As JavaScript has them. Whatever matches in arguments and environment is replaced.",
    reload: true,
    initial: [],
  }),
  logLevel: one(choice(LOG_LEVELS), {
    key: "log.level",
    option: "log-level",
    help: "what is written to the log: events of this level and above",
    reload: true,
    initial: "info",
  }),
  logFormat: one(choice(LOG_FORMATS), {
    key: "log.format",
    option: "log-format",
    help: "of the log on stderr; auto is text on a terminal and json elsewhere",
    initial: "auto",
  }),
};

export type SettingName = keyof typeof SETTINGS;
export type Settings = { [N in SettingName]: (typeof SETTINGS)[N] extends Setting<infer T> ? T : never };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The setting without its particular type, for code that treats all alike. */
export const settingOf = (name: SettingName): Setting<unknown> => SETTINGS[name] as Setting<unknown>;

export const VARIABLE_PREFIX = "OGRT_COLLECTOR_";
/** Names the file itself. */
export const FILE_VARIABLE = `${VARIABLE_PREFIX}CONFIG`;

/** The environment variable of a setting that has an option. */
export function variableOf({ option }: Pick<Setting<unknown>, "option">): string | undefined {
  return option === undefined ? undefined : VARIABLE_PREFIX + option.toUpperCase().replaceAll("-", "_");
}
