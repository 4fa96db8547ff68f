import { hostname } from "node:os";
import { FUSE_POLICIES } from "../../files/guard-options.js";
import { DEFAULT_PORT } from "../../wire/index.js";
import { DEFAULT_SETTINGS } from "../answers/settings.js";
import { LOG_LEVELS } from "../log/events.js";
import { LOG_FORMATS } from "../log/log.js";
import { defaultDataDirectory } from "../shared/data-directory.js";
import { MIN_ENGINE_MEMORY_MB } from "../shared/engine-memory.js";
import { type Field, field, optional, type Values } from "./fields.js";
import {
  ADDRESS,
  CLUSTER,
  choice,
  count,
  DIRECTORY,
  GLOB,
  HOST_NAME,
  INPUT_DIRECTORY,
  INPUT_FILE,
  LISTENER_CLUSTER,
  list,
  PATH,
  PATTERN,
  SOCKET_PATH,
} from "./kinds.js";
import { OUTPUTS } from "./outputs/outputs.js";

/*
 * All settings of the collector, in one table: options, environment variables, keys of the file, checks, help, the
 * default file and docs/reference/configuration.md come from it.
 */

export interface Setting extends Field {
  /** Its place in the file. */
  readonly key: string;
  /** Name of its option, without the dashes. Settings that are too long for a command line have none. */
  readonly option?: string;
  /** A running collector applies changes. */
  readonly reload?: true;
}

const loopback = (port: number) => ({ host: "127.0.0.1", port });

const SETTINGS = {
  data: optional(PATH, {
    key: "data",
    option: "data",
    help: "data directory, created if it does not exist",
    more: "It must belong to the collector's user, and no other user may have access to it.",
    initial: defaultDataDirectory(),
    initialText: "$XDG_DATA_HOME/ogrt, or ~/.local/share/ogrt",
  }),
  outputs: field(OUTPUTS, {
    key: "output",
    help: "outputs, which deliver stored events to other systems: one table [[output]] each",
    more: "docs/reference/outputs.md lists their kinds and options.",
    reload: true,
    initial: [],
  }),
  udp: field(list(ADDRESS), {
    key: "receive.udp",
    option: "udp",
    help: "address to receive datagrams on, one frame each",
    initial: [loopback(DEFAULT_PORT)],
  }),
  tcp: field(list(ADDRESS), {
    key: "receive.tcp",
    option: "tcp",
    help: "address to receive streams of frames on",
    initial: [loopback(DEFAULT_PORT)],
  }),
  unix: field(list(SOCKET_PATH), {
    key: "receive.unix",
    option: "unix",
    help: "path of a unix stream socket to receive frames on; every local user may connect",
    initial: [],
  }),
  cluster: optional(CLUSTER, {
    key: "receive.cluster",
    option: "cluster",
    help: "cluster of processes and jobs whose records name none",
    more: "A job is known by its cluster and its id. Old clients, and schedulers other than Slurm, name no cluster.",
    initialText: "none",
  }),
  listenerClusters: field(list(LISTENER_CLUSTER), {
    key: "receive.listener-clusters",
    help: "the same for what one listener receives: its address or path, = and the cluster",
    more: "The listener must be one of receive.udp, receive.tcp, receive.unix, agents.tcp and agents.unix.",
    initial: [],
  }),
  senderRate: field(count("n", 0, 1_000_000), {
    key: "receive.sender-rate",
    option: "sender-rate",
    help: "average number of frames per second that one sender may send, 0 for no limit",
    more: "Large frames count as several. Bursts may be ten times as large. Beyond that, streams wait; datagrams are dropped and counted.",
    initial: 5000,
  }),
  agentTcp: field(list(ADDRESS), {
    key: "agents.tcp",
    option: "agent-tcp",
    help: "address to receive from agents on, with TLS unless it is a loopback address",
    initial: [],
  }),
  agentUnix: field(list(SOCKET_PATH), {
    key: "agents.unix",
    option: "agent-unix",
    help: "path of a unix stream socket to receive from agents on",
    initial: [],
  }),
  agentNodes: optional(INPUT_FILE, {
    key: "agents.nodes",
    option: "agent-nodes",
    help: "file of the nodes whose agents may deliver, one line of ogrt-agent --enrol each",
    more: "Required by agents.tcp and agents.unix. The collector reads it again when it changes.",
    initialText: "none",
  }),
  agentTlsCertificate: optional(INPUT_FILE, {
    key: "agents.tls-certificate",
    option: "agent-tls-certificate",
    help: "PEM file with the certificate for agents, followed by intermediate certificates",
    more: "Requires agents.tls-key; agents then speak TLS 1.3 on agents.tcp.",
    initialText: "none, loopback only",
  }),
  agentTlsKey: optional(INPUT_FILE, {
    key: "agents.tls-key",
    option: "agent-tls-key",
    help: "PEM file with the private key of that certificate",
    initialText: "none",
  }),
  http: field(ADDRESS, {
    key: "http.listen",
    option: "http",
    help: "address to serve answers, the live stream and the page on",
    initial: loopback(DEFAULT_PORT + 1),
  }),
  httpNames: field(list(HOST_NAME), {
    key: "http.names",
    option: "http-name",
    help: "additional name under which clients reach this host",
    initial: [],
  }),
  tlsCertificate: optional(INPUT_FILE, {
    key: "http.tls-certificate",
    option: "tls-certificate",
    help: "PEM file with the certificate for https, followed by intermediate certificates",
    more: "Requires tls-key. The collector reads both files again when they change, and on SIGHUP.",
    initialText: "none, http",
  }),
  tlsKey: optional(INPUT_FILE, {
    key: "http.tls-key",
    option: "tls-key",
    help: "PEM file with the private key of the certificate",
    initialText: "none",
  }),
  flushInterval: field(count("ms", 1, 60_000), {
    key: "store.flush-interval",
    option: "flush-interval",
    help: "maximum time until a record is sent to the store, in milliseconds",
    more: "A crash loses datagrams that arrived in this time.",
    initial: 250,
  }),
  storeMemory: field(count("MB", MIN_ENGINE_MEMORY_MB, 1_000_000), {
    key: "store.memory",
    option: "store-memory",
    help: "memory that the database may use, in megabytes",
    more: "More of it makes answers about hundreds of millions of processes faster. What exceeds it is written to a directory beside the store.",
    initial: MIN_ENGINE_MEMORY_MB,
  }),
  keepDays: optional(count("days", 1, 36_500), {
    key: "store.keep",
    option: "keep",
    help: "days after which processes are deleted",
    more: "Deletion rewrites the store. It runs when an hourly check finds that at least a tenth of all processes is older.",
    reload: true,
    initialText: "never",
  }),
  duplicateDays: field(count("days", 1, 3650), {
    key: "duplicates.window",
    option: "duplicate-window",
    help: "days in which a frame that is sent again is recognized",
    more: "Frames whose own time is older are rejected as late: nothing could tell whether they are stored.",
    initial: 7,
  }),
  verdictDeadline: field(count("ms", 1, 60_000), {
    key: "verify.deadline",
    option: "verdict-deadline",
    help: "maximum time that a record waits for its verdicts before it is stored, in milliseconds",
    more: "Verdicts that come later follow as an amendment of the record.",
    initial: 500,
  }),
  hostName: field(HOST_NAME, {
    key: "verify.host-name",
    option: "host-name",
    help: "name that processes on this host report as their host",
    initial: hostname(),
    initialText: "this host's name",
  }),
  roots: field(list(DIRECTORY), {
    key: "verify.roots",
    option: "root",
    help: "verify files that processes on this host report only below DIR",
    initial: ["/"],
  }),
  sharedRoots: field(list(DIRECTORY), {
    key: "verify.shared-roots",
    option: "shared-root",
    help: "DIR is the same on all hosts and in containers: verify files below it whatever host reports them",
    initial: [],
  }),
  excluded: field(list(DIRECTORY), {
    key: "verify.exclude",
    option: "exclude",
    help: "never read reported files below DIR",
    initial: [],
  }),
  fuse: field(choice(FUSE_POLICIES), {
    key: "verify.fuse",
    option: "fuse",
    help: "read reported files in FUSE file systems that root mounted, in all, or in none",
    more: "Any user can mount one, and let every access to it hang.",
    initial: "root",
  }),
  registers: field(list(INPUT_DIRECTORY), {
    key: "names.registers",
    option: "register",
    help: "register of ogrt-stamp (a directory), from which signatures get names",
    reload: true,
    initial: [],
  }),
  catalogues: field(list(INPUT_FILE), {
    key: "names.catalogues",
    option: "catalogue",
    help: "catalogue of ogrt-inspect (a file), from which signatures get names",
    reload: true,
    initial: [],
  }),
  userDirectories: field(list(GLOB), {
    key: "answers.user-directories",
    help: "directories in which users keep software that they installed themselves",
    more: "Name globs: * stands for any characters.",
    reload: true,
    initial: DEFAULT_SETTINGS.userDirectories,
  }),
  ignoredPrograms: field(list(GLOB), {
    key: "answers.ignored-programs",
    option: "ignore-program",
    help: "programs and libraries that rankings and lists of odd things leave out: those of OGRT and of the scheduler's scripts",
    more: "Name globs: * stands for any characters. A list replaces the default.",
    reload: true,
    initial: DEFAULT_SETTINGS.ignoredPrograms,
  }),
  environmentRules: optional(INPUT_FILE, {
    key: "answers.environment-rules",
    help: "JSON file with rules that find odd environments",
    more: "docs/reference/answers.md describes its format.",
    reload: true,
    initialText: "the built-in rules",
  }),
  redactNames: field(list(GLOB), {
    key: "redaction.names",
    help: "names of further variables and options whose values are redacted",
    more: "Name globs: * stands for any characters. Upper and lower case are the same.",
    reload: true,
    initial: [],
  }),
  redactPatterns: field(list(PATTERN), {
    key: "redaction.patterns",
    help: "regular expressions of further secrets, in the syntax of JavaScript",
    more: "Every match in any text of a record is redacted.",
    reload: true,
    initial: [],
  }),
  logLevel: field(choice(LOG_LEVELS), {
    key: "log.level",
    option: "log-level",
    help: "lowest level of the events that are logged",
    reload: true,
    initial: "info",
  }),
  logFormat: field(choice(LOG_FORMATS), {
    key: "log.format",
    option: "log-format",
    help: "format of the log on standard error; auto is text on a terminal and json elsewhere",
    initial: "auto",
  }),
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = Values<typeof SETTINGS>;

/** The settings whose changes a running collector applies. */
export type ReloadableSettings = Pick<
  Settings,
  { [N in SettingName]: (typeof SETTINGS)[N] extends { readonly reload: true } ? N : never }[SettingName]
>;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** A setting without its particular type, for code that treats all alike. */
export const settingOf = (name: SettingName): Setting => SETTINGS[name];

export const VARIABLE_PREFIX = "OGRT_COLLECTOR_";
/** Names the file itself. */
export const FILE_VARIABLE = `${VARIABLE_PREFIX}CONFIG`;

/** The environment variable of a setting that has an option. */
export function variableOf({ option }: Setting): string | undefined {
  return option === undefined ? undefined : VARIABLE_PREFIX + option.toUpperCase().replaceAll("-", "_");
}
