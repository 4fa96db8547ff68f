#!/usr/bin/env node
import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { InvalidArgumentError } from "commander";
import { startCollector } from "../lib/collector/collector.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/data-directory.js";
import { type Listener, type OpenListener, RECEIVE_BUFFER } from "../lib/collector/ingest/protocol.js";
import { DEFAULT_RULES, type RedactionRules, readRules } from "../lib/collector/pipeline/redaction.js";
import { OgrtError } from "../lib/errors.js";
import { DEFAULT_PORT } from "../lib/wire/index.js";
import { formatAddress, parseAddress, parseCount } from "./shared/address.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

interface Options {
  data?: string;
  udp?: Address[];
  tcp?: Address[];
  unix?: string[];
  http?: Address;
  flushInterval: number;
  hostName: string;
  httpName?: string[];
  root?: string[];
  sharedRoot?: string[];
  exclude?: string[];
  register?: string[];
  catalogue?: string[];
  redaction?: string;
  keep?: number;
  json?: true;
}

type Address = ReturnType<typeof parseAddress>;

const loopback = (port: number) => ({ host: "127.0.0.1", port });

const addresses = (text: string, before: Address[] | undefined) => [...(before ?? []), parseAddress(text)];

/** Bytes of a path in `sockaddr_un`, its NUL not counted (unix(7)). */
const UNIX_PATH_MAX = 107;

function socketPaths(text: string, before: string[] | undefined): string[] {
  if (!isAbsolute(text) || Buffer.byteLength(text) > UNIX_PATH_MAX) {
    throw new InvalidArgumentError(`expected an absolute path of at most ${UNIX_PATH_MAX} bytes.`);
  }
  return [...(before ?? []), text];
}

function names(text: string, before: string[] | undefined): string[] {
  if (!/^[\w.-]{1,253}$/.test(text)) throw new InvalidArgumentError("expected a host name without a port.");
  return [...(before ?? []), text];
}

const paths = (text: string, before: string[] | undefined) => [...(before ?? []), text];

function directories(text: string, before: string[] | undefined): string[] {
  if (!isAbsolute(text)) throw new InvalidArgumentError("expected an absolute path.");
  return [...(before ?? []), text];
}

const program = createProgram("ogrt-collector", "Receive, verify, keep and stream the reports of processes.")
  .option("--data <dir>", "data directory, created when missing", defaultDataDirectory())
  .option("--udp <host:port>", `datagrams, one frame each (repeatable, default: 127.0.0.1:${DEFAULT_PORT})`, addresses)
  .option("--tcp <host:port>", `the same frames on streams (repeatable, default: 127.0.0.1:${DEFAULT_PORT})`, addresses)
  .option("--unix <path>", "the same on a unix stream socket, open to every user (repeatable)", socketPaths)
  .option("--http <host:port>", `answers and live stream (default: 127.0.0.1:${DEFAULT_PORT + 1})`, parseAddress)
  .option("--flush-interval <ms>", "longest time until a record is sent to the store", parseCount(1, 60_000), 250)
  .option("--root <dir>", "read reported files of this host only below DIR (repeatable, default: /)", directories)
  .option(
    "--shared-root <dir>",
    "DIR is the same on every host and in containers: verify everybody's files there (repeatable)",
    directories,
  )
  .option("--exclude <dir>", "never look at files below DIR, a directory and no link (repeatable)", directories)
  .option("--http-name <name>", "a further name by which clients call this host (repeatable)", names)
  .option("--host-name <name>", "this host as its processes report it", hostname())
  .option("--register <dir>", "register of ogrt-stamp: names of signatures (repeatable)", paths)
  .option("--catalogue <file>", "catalogue of ogrt-inspect: names of signatures (repeatable)", paths)
  .option("--redaction <file>", "own rules for secrets in arguments and environments, as JSON")
  .option("--keep <days>", "remove processes that were received longer ago (default: never)", parseCount(1, 36_500))
  .option("--json", "print the addresses as one JSON line when ready")
  .addHelpText("after", "\nSIGTERM and SIGINT store what has arrived and end with 0. A port of 0 takes any free one.")
  .action(async (options: Options) => {
    if (options.data === undefined) {
      throw new OgrtError("INVALID_PARAMETER", "there is no home directory: --data is needed");
    }
    const data = dataDirectory(options.data);
    const redaction: RedactionRules = options.redaction === undefined ? DEFAULT_RULES : readRules(options.redaction);
    // What is stored is nobody else's business.
    process.umask(0o077);
    // A signal that comes while things are being started must not be lost.
    const stopped = new Promise<"signal">((resolve) => {
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve("signal"));
    });
    const collector = await startCollector({
      data,
      listeners: listenersOf(options),
      http: {
        ...(options.http ?? loopback(DEFAULT_PORT + 1)),
        names: [options.hostName, ...(options.httpName ?? [])],
      },
      flushInterval: options.flushInterval,
      hostName: options.hostName,
      roots: options.root ?? ["/"],
      sharedRoots: options.sharedRoot ?? [],
      excluded: options.exclude ?? [],
      redaction,
      registers: options.register ?? [],
      catalogues: options.catalogue ?? [],
      keepDays: options.keep,
      onProblem: (sentence) => complain("ogrt-collector", sentence),
    });
    const listening = (transport: Listener["transport"]) =>
      collector.listeners.filter((listener) => listener.transport === transport).map(addressOf);
    const where = {
      pid: process.pid,
      udp: listening("udp"),
      tcp: listening("tcp"),
      unix: listening("unix"),
      http: collector.url,
      login: collector.loginLink,
      data: data.path,
      tokenFile: data.token,
    };
    for (const listener of collector.listeners) warnOfSmallBuffer(listener);
    process.stdout.write(options.json ? `${JSON.stringify(where)}\n` : page(where));
    try {
      await Promise.race([stopped, collector.failed]);
    } catch (error) {
      // Nothing orderly can be done with one part gone; what starts the collector again finds the store as it is on disk.
      complain("ogrt-collector", (error as Error).message);
      process.exit(EXIT.unreadable);
    }
    await collector.stop();
    process.exitCode = EXIT.fine;
  });

interface Where extends Record<"http" | "login" | "data", string> {
  udp: string[];
  tcp: string[];
  unix: string[];
}

function listenersOf({ udp, tcp, unix }: Options): Listener[] {
  return [
    ...(udp ?? [loopback(DEFAULT_PORT)]).map((address) => ({ transport: "udp" as const, ...address })),
    ...(tcp ?? [loopback(DEFAULT_PORT)]).map((address) => ({ transport: "tcp" as const, ...address })),
    ...(unix ?? []).map((path) => ({ transport: "unix" as const, path })),
  ];
}

const addressOf = (listener: Listener) => (listener.transport === "unix" ? listener.path : formatAddress(listener));

function page({ udp, tcp, unix, http, login, data }: Where): string {
  const local = unix.length === 0 ? "" : `; unix ${unix.join(", ")}`;
  return [
    `receiving   udp ${udp.join(", ")}; tcp ${tcp.join(", ")}${local}`,
    `answering   ${http} (token in ${data}/token)`,
    `browser     ${login} (once)`,
    "",
  ].join("\n");
}

/** The kernel gives what net.core.rmem_max allows, doubled for its own bookkeeping (socket(7)). */
function warnOfSmallBuffer(listener: OpenListener): void {
  const { transport, receiveBuffer } = listener;
  if (transport !== "udp" || receiveBuffer >= RECEIVE_BUFFER) return;
  const remedy = `sysctl -w net.core.rmem_max=${RECEIVE_BUFFER} before the collector starts gives more`;
  complain("ogrt-collector", `udp ${addressOf(listener)} has a receive buffer of ${receiveBuffer} bytes; ${remedy}`);
}

await runProgram(program);
// After a failure a thread may still be there.
if (process.exitCode !== EXIT.fine) process.exit();
