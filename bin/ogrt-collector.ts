#!/usr/bin/env node
import { isAbsolute } from "node:path";
import { InvalidArgumentError } from "commander";
import { startCollector } from "../lib/collector/collector.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/data-directory.js";
import { type OpenListener, RECEIVE_BUFFER } from "../lib/collector/ingest/protocol.js";
import { DEFAULT_PORT } from "../lib/wire/index.js";
import { formatAddress, parseAddress, parseCount } from "./shared/address.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

interface Options {
  data: string;
  udp: Address[];
  tcp: Address[];
  http: Address;
  flushInterval: number;
  root: string[];
  sharedRoot: string[];
  json?: true;
}

type Address = ReturnType<typeof parseAddress>;

const loopback = (port: number) => ({ host: "127.0.0.1", port });

const addresses = (text: string, before: Address[] | undefined) => [...(before ?? []), parseAddress(text)];

function directories(text: string, before: string[] | undefined): string[] {
  if (!isAbsolute(text)) throw new InvalidArgumentError("expected an absolute path.");
  return [...(before ?? []), text];
}

const program = createProgram("ogrt-collector", "Receive, verify, keep and stream the reports of processes.")
  .option("--data <dir>", "data directory, created when missing", defaultDataDirectory())
  .option("--udp <host:port>", `datagrams, one frame each (repeatable, default: 127.0.0.1:${DEFAULT_PORT})`, addresses)
  .option("--tcp <host:port>", `the same frames on streams (repeatable, default: 127.0.0.1:${DEFAULT_PORT})`, addresses)
  .option("--http <host:port>", `answers and live stream (default: 127.0.0.1:${DEFAULT_PORT + 1})`, parseAddress)
  .option("--flush-interval <ms>", "longest time until a record is sent to the store", parseCount(1, 60_000), 250)
  .option("--root <dir>", "read reported files of this host only below DIR (repeatable, default: /)", directories)
  .option(
    "--shared-root <dir>",
    "DIR is the same on every host: verify all hosts' files there (repeatable)",
    directories,
  )
  .option("--json", "print the addresses as one JSON line when ready")
  .addHelpText("after", "\nSIGTERM and SIGINT store what has arrived and end with 0. A port of 0 takes any free one.")
  .action(async (options: Partial<Options> & Pick<Options, "data" | "flushInterval">) => {
    const data = dataDirectory(options.data);
    // What is stored is nobody else's business.
    process.umask(0o077);
    // A signal that comes while things are being started must not be lost.
    const stopped = new Promise<"signal">((resolve) => {
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve("signal"));
    });
    const collector = await startCollector({
      data,
      udp: options.udp ?? [loopback(DEFAULT_PORT)],
      tcp: options.tcp ?? [loopback(DEFAULT_PORT)],
      http: options.http ?? loopback(DEFAULT_PORT + 1),
      flushInterval: options.flushInterval,
      roots: options.root ?? ["/"],
      sharedRoots: options.sharedRoot ?? [],
    });
    const listening = (transport: string) =>
      collector.listeners.filter((listener) => listener.transport === transport).map(formatAddress);
    const where = {
      pid: process.pid,
      udp: listening("udp"),
      tcp: listening("tcp"),
      http: collector.url,
      login: collector.loginLink,
      data: data.path,
      tokenFile: data.token,
    };
    for (const listener of collector.listeners) warnOfSmallBuffer(listener);
    process.stdout.write(options.json ? `${JSON.stringify(where)}\n` : page(where));
    await Promise.race([stopped, collector.failed]);
    await collector.stop();
    process.exitCode = EXIT.fine;
  });

interface Where extends Record<"http" | "login" | "data", string> {
  udp: string[];
  tcp: string[];
}

function page({ udp, tcp, http, login, data }: Where): string {
  return [
    `receiving   udp ${udp.join(", ")}; tcp ${tcp.join(", ")}`,
    `answering   ${http} (token in ${data}/token)`,
    `browser     ${login} (once)`,
    "",
  ].join("\n");
}

/** The kernel gives what net.core.rmem_max allows, doubled for its own bookkeeping (socket(7)). */
function warnOfSmallBuffer({ transport, host, port, receiveBuffer }: OpenListener): void {
  if (transport !== "udp" || receiveBuffer >= RECEIVE_BUFFER) return;
  const address = formatAddress({ host, port });
  const remedy = `sysctl -w net.core.rmem_max=${RECEIVE_BUFFER} before the collector starts gives more`;
  complain("ogrt-collector", `udp ${address} has a receive buffer of ${receiveBuffer} bytes; ${remedy}`);
}

await runProgram(program).catch((error: Error) => {
  process.stderr.write(`ogrt-collector: ${error.stack ?? error.message}\n`);
  process.exit(EXIT.unreadable);
});
