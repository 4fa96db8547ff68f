#!/usr/bin/env node
import { isAbsolute } from "node:path";
import { InvalidArgumentError } from "commander";
import { startCollector } from "../lib/collector/collector.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/data-directory.js";
import { DEFAULT_PORT } from "../lib/wire/index.js";
import { formatAddress, parseAddress, parseCount } from "./shared/address.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

interface Options {
  data: string;
  udp: ReturnType<typeof parseAddress>;
  tcp: ReturnType<typeof parseAddress>;
  http: ReturnType<typeof parseAddress>;
  flushInterval: number;
  root: string[];
  sharedRoot: string[];
  json?: true;
}

const loopback = (port: number) => ({ host: "127.0.0.1", port });

function directories(text: string, before: string[] | undefined): string[] {
  if (!isAbsolute(text)) throw new InvalidArgumentError("expected an absolute path.");
  return [...(before ?? []), text];
}

const program = createProgram("ogrt-collector", "Receive, verify, keep and stream the reports of processes.")
  .option("--data <dir>", "data directory, created when missing", defaultDataDirectory())
  .option("--udp <host:port>", `datagrams, one frame each (default: 127.0.0.1:${DEFAULT_PORT})`, parseAddress)
  .option("--tcp <host:port>", `the same frames on streams (default: 127.0.0.1:${DEFAULT_PORT})`, parseAddress)
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
      udp: options.udp ?? loopback(DEFAULT_PORT),
      tcp: options.tcp ?? loopback(DEFAULT_PORT),
      http: options.http ?? loopback(DEFAULT_PORT + 1),
      flushInterval: options.flushInterval,
      roots: options.root ?? ["/"],
      sharedRoots: options.sharedRoot ?? [],
    });
    const addresses = {
      pid: process.pid,
      udp: formatAddress(collector.udp),
      tcp: formatAddress(collector.tcp),
      http: collector.url,
      login: collector.loginLink,
      data: data.path,
      tokenFile: data.token,
    };
    process.stdout.write(options.json ? `${JSON.stringify(addresses)}\n` : page(addresses));
    await Promise.race([stopped, collector.failed]);
    await collector.stop();
    process.exitCode = EXIT.fine;
  });

function page(addresses: Record<"udp" | "tcp" | "http" | "login" | "data", string>): string {
  return [
    `receiving   udp ${addresses.udp}, tcp ${addresses.tcp}`,
    `answering   ${addresses.http} (token in ${addresses.data}/token)`,
    `browser     ${addresses.login} (once)`,
    "",
  ].join("\n");
}

await runProgram(program).catch((error: Error) => {
  complain("ogrt-collector", error.stack ?? error.message);
  process.exit(EXIT.unreadable);
});
