import { type Command, Option } from "commander";
import type { Target } from "../../lib/collector/query-target/target.js";
import { dataDirectory, defaultDataDirectory } from "../../lib/collector/shared/data-directory.js";
import { OgrtError } from "../../lib/errors.js";
import { wholeNumber } from "../shared/option-values.js";

/** The options that every command of ogrt-query has. */
export interface CommonOptions {
  data?: string;
  server?: string;
  tokenFile?: string;
  caFile?: string;
  json?: true;
  csv?: true;
  limit: number;
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
    .addOption(new Option("--json", "print the answer as JSON").conflicts("csv"))
    .option("--csv", "print the rows of the answer as CSV")
    .option("--limit <n>", "list at most N rows, from 1 to 1000", wholeNumber(1, 1000), 100)
    .option("--cursor <text>", "continue at this cursor, which the previous page printed")
    .option("--escaped", "read the names of jobs, users and hosts with escapes, as tables, CSV and JSON show them");
}

export function targetOf({ data, server, tokenFile, caFile }: CommonOptions): Target {
  if (server === undefined) {
    if (data === undefined) throw new OgrtError("INVALID_PARAMETER", "--data is required without a home directory");
    return { kind: "data", directory: dataDirectory(data) };
  }
  if (tokenFile === undefined) throw new OgrtError("INVALID_PARAMETER", "--server requires --token-file");
  if (!URL.canParse(server)) throw new OgrtError("INVALID_PARAMETER", `"${server}" is not a URL`);
  return { kind: "server", url: server, tokenFile, caFile };
}

/* Options that several commands share. */

export const JOB = new Option("--job <id>", "select what ran in this job");
export const USER = new Option("--user <name>", "select what this user ran");
export const HOST = new Option("--host <name>", "select what ran on this host");
export const SPAN = [
  new Option("--since <time>", "begin at this time: a UTC date, or a time such as 2026-11-22T08:00:00Z"),
  new Option("--until <time>", "end before this time"),
];
