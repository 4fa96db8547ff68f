import { type Command, InvalidArgumentError, Option } from "commander";
import { isServerUrl } from "../../lib/client/origin.js";
import type { Target } from "../../lib/collector/query-target/target.js";
import { dataDirectory, defaultDataDirectory } from "../../lib/collector/shared/data-directory.js";
import { OgrtError } from "../../lib/errors.js";
import { absoluteTime, TIME_FORMS } from "../../lib/shared/time-expression.js";
import { wholeNumber } from "../shared/option-values.js";

/** The options that every command of ogrt-query has. */
export interface CommonOptions {
  data?: string;
  server?: string;
  tokenFile?: string;
  caFile?: string;
  json?: true;
  csv?: true;
  ndjson?: true;
  wide?: true;
  sort?: string;
  columns?: string;
  limit?: number;
  cursor?: string;
  escaped?: true;
}

export function addCommonOptions(program: Command): Command {
  const data = new Option("--data <directory>", "read the store of the collector with this data directory");
  return program
    .addOption(data.default(defaultDataDirectory(), "$XDG_DATA_HOME/ogrt or ~/.local/share/ogrt"))
    .option("--server <url>", "ask the collector at this URL; requires --token-file")
    .option("--token-file <file>", "read the access token for --server from this file")
    .option("--ca-file <file>", "trust the certificate authorities in this PEM file for --server")
    .addOption(new Option("--json", "print the answer as JSON, with all rows").conflicts(["csv", "ndjson"]))
    .addOption(new Option("--csv", "print all rows of the list as CSV").conflicts("ndjson"))
    .option("--ndjson", "print all rows of the list as JSON, one per line")
    .option("--limit <n>", "list at most N rows, from 1 to 1000 (default: 100 in tables)", wholeNumber(1, 1000))
    .option("--cursor <text>", "continue at this cursor, which the previous page printed")
    .option("--sort <column>", "sort all rows by this column, largest or latest first; -COLUMN reverses")
    .option("--columns <names>", "print these columns of the table or CSV, separated by commas")
    .option("--wide", "print tables with all columns and whole cells, and a job with all its processes")
    .option("--escaped", "read the names of jobs, users and hosts with escapes, as tables, CSV and JSON show them");
}

export function targetOf({ data, server, tokenFile, caFile }: CommonOptions): Target {
  if (server === undefined) {
    // Without it, another collector than the one meant would answer.
    for (const [option, value] of [
      ["--token-file", tokenFile],
      ["--ca-file", caFile],
    ]) {
      if (value !== undefined) throw new OgrtError("INVALID_PARAMETER", `${option} requires --server`);
    }
    if (data === undefined) throw new OgrtError("INVALID_PARAMETER", "--data is required without a home directory");
    return { kind: "data", directory: dataDirectory(data) };
  }
  if (tokenFile === undefined) throw new OgrtError("INVALID_PARAMETER", "--server requires --token-file");
  if (!isServerUrl(server)) {
    const sentence = `--server is the URL of a collector, such as http://127.0.0.1:7972, not "${server}"`;
    throw new OgrtError("INVALID_PARAMETER", sentence);
  }
  return { kind: "server", url: server, tokenFile, caFile };
}

/* Options that several commands share. */

export const JOB = new Option(
  "--job <id>",
  "select what ran in this job: [CLUSTER:]ID, with _TASK for a task of an array",
);
export const CLUSTER = new Option("--cluster <name>", "select what ran on this cluster");
export const USER = new Option("--user <name>", "select what this user ran");
export const HOST = new Option("--host <name>", "select what ran on this host");
export const SPAN = [
  timeOption("--since <time>", "begin at this time, such as 7d, yesterday or 2026-11-22, in the local time zone"),
  timeOption("--until <time>", "end before this time"),
];

/** An option whose value becomes an absolute time, because the answers know no other. */
export function timeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const time = absoluteTime(text, new Date());
    if (time === undefined) throw new InvalidArgumentError(`Give a time such as ${TIME_FORMS}.`);
    return time;
  });
}
