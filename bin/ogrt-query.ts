#!/usr/bin/env node
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { Option } from "commander";
import type { Answer, Input, StreamedProcess, StreamFilters } from "../lib/client/index.js";
import type { QuestionName } from "../lib/collector/answers/registry.js";
import { ask, runningClient, type Target } from "../lib/collector/query-target/target.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/shared/data-directory.js";
import { OgrtError } from "../lib/errors.js";
import { bytesToText, printable } from "../lib/text/escape.js";
import { VERDICTS } from "../lib/verify/index.js";
import { followStream } from "./query/follow.js";
import { readJobList } from "./query/job-list.js";
import { type Column, listingCsv, listingTable } from "./query/listing.js";
import * as listings from "./query/listings.js";
import { affectedPage, coverageLine, differencePage, jobPage, overviewPage, processPage } from "./query/pages.js";
import { parseCount } from "./shared/count.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

interface Options {
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

interface Spanned {
  since?: string;
  until?: string;
}

const program = createProgram("ogrt-query", "Ask what a collector has stored.")
  .option("--data <dir>", "data directory of the collector", defaultDataDirectory())
  .option("--server <url>", "a collector elsewhere; needs --token-file")
  .option("--token-file <file>", "file with that collector's token")
  .option("--ca-file <file>", "PEM file with the authority of that collector's certificate")
  .option("--limit <n>", "at most so many rows", parseCount(1, 1000), 100)
  .option("--cursor <text>", "the page after the one that named this")
  .option("--escaped", "names of jobs, users and hosts are given as --json shows them, with \\\\ and \\xHH")
  .option("--json", "print the answer for programs")
  .option("--csv", "print the rows of the answer for spreadsheets")
  .addHelpText("after", "\nExit status: 0 something was found, 1 nothing was found, 3 no answer could be had.");

const spanned = (command: Command) =>
  command
    .option("--since <time>", "only processes that started then or later: a date (UTC) or 2026-11-22T08:00:00Z")
    .option("--until <time>", "only processes that started before");

spanned(program.command("overview").description("what there is, at a glance")).action(async (span: Spanned) => {
  const found = await query("overview", span);
  show(found, found.processes > 0, () => overviewPage(found));
});

const BY = {
  jobs: { name: "affectedJobs", key: "jobs", columns: listings.AFFECTED_JOBS },
  users: { name: "affectedUsers", key: "users", columns: listings.AFFECTED_USERS },
  hosts: { name: "affectedHosts", key: "hosts", columns: listings.AFFECTED_HOSTS },
  processes: { name: "affectedProcesses", key: "processes", columns: listings.PROCESSES },
} as const;

interface AffectedOptions extends Spanned {
  by: keyof typeof BY;
  as?: "signature" | "buildId" | "path" | "soname";
  domain?: string;
}

spanned(program.command("affected"))
  .description("who used a signature, a build-id, a path or a library")
  .argument("<what>", "UUID, build-id, path with a slash, or name of a library; * and ? are wildcards")
  .addOption(new Option("--by <rows>", "what is listed").choices(Object.keys(BY)).default("jobs"))
  .addOption(
    new Option("--as <kind>", "what it is, where that is not plain").choices([
      "signature",
      "buildId",
      "path",
      "soname",
    ]),
  )
  .option("--domain <name>", "mail domain, for addresses of users")
  .action(async (text: string, { by, as = "text" as never, domain, ...span }: AffectedOptions) => {
    const selected = { [as]: stored(text), ...span };
    const { name, key, columns } = BY[by];
    const input = { ...selected, ...page(), ...(by === "users" && domain !== undefined && { domain }) };
    const list = (await query(name, input)) as Covered & Readonly<Record<typeof key, readonly never[]>>;
    if (program.opts<Options>().csv || program.opts<Options>().json)
      return showList(list, list[key], columns as readonly Column<never>[]);
    const found = await query("affected", selected);
    const rows = list[key];
    const table = rows.length === 0 ? "" : `\n${listingTable(columns as readonly Column<never>[], rows)}`;
    show({ ...found, next: list.next ?? null }, found.objectCount > 0, () => `${affectedPage(found)}${table}`);
    if (rows.length === 0) process.exitCode = EXIT.negative;
  });

interface ProcessesOptions extends Spanned {
  job?: string;
  user?: string;
  host?: string;
  follow?: true;
  verdict?: string;
  path?: string;
  last?: number;
}

spanned(program.command("processes", { isDefault: true }))
  .description("the newest processes; with --follow those that start from now on")
  .option("--job <id>", "only those of a job")
  .option("--user <name>", "only those of a user")
  .option("--host <name>", "only those on a host")
  .option("--follow", "print the live stream")
  .addOption(new Option("--verdict <verdict>", "with --follow: only with an object that has it").choices(VERDICTS))
  .option("--path <glob>", "with --follow: only with an object that lies there")
  .option("--last <n>", "with --follow: begin with the newest n since the collector's start", parseCount(0, 1000))
  .action(async ({ follow, verdict, path, last, ...options }: ProcessesOptions) => {
    const { job, user, host, ...span } = options;
    const names = Object.entries({ job, user, host, path }).flatMap(([key, text]) =>
      text === undefined ? [] : [[key, stored(text)] as const],
    );
    if (follow) {
      if ((span.since ?? span.until) !== undefined) {
        throw new OgrtError("INVALID_PARAMETER", "--since and --until do not belong to --follow; --last does");
      }
      return followProcesses({ ...Object.fromEntries(names), verdict }, last);
    }
    if ((verdict ?? path ?? last) !== undefined) {
      throw new OgrtError("INVALID_PARAMETER", "--verdict, --path and --last belong to --follow");
    }
    const found = await query("processes", { ...Object.fromEntries(names), ...span, ...page() });
    if (found.truncated) complain("ogrt-query", "the answer would be too large; --cursor goes on");
    showList(found, found.processes, listings.PROCESSES);
  });

program
  .command("process")
  .description("one process, with every object and its verdict")
  .argument("<uuid>", "of the process")
  .action(async (uuid: string) => {
    const found = await query("process", { uuid });
    const { process: one } = found;
    show(found, one !== null, () => (one === null ? "" : processPage(one)));
  });

spanned(program.command("jobs"))
  .description("jobs, last use first")
  .option("--user <name>", "only those of a user")
  .option("--host <name>", "only those on a host")
  .action(async ({ user, host, ...span }: ProcessesOptions) => {
    const filters = {
      ...(user !== undefined && { user: stored(user) }),
      ...(host !== undefined && { host: stored(host) }),
    };
    const found = await query("jobs", { ...filters, ...span, ...page() });
    showList(found, found.jobs, listings.JOBS);
  });

program
  .command("job")
  .description("the processes of a job as a tree, with every object and its verdict")
  .argument("<id>", "job id")
  .action(async (id: string) => {
    const found = await query("job", { id: stored(id), ...page() });
    show(found, found.processes.length > 0 || found.events.length > 0, () => jobPage(found));
  });

program
  .command("difference")
  .description("what is different between two jobs of the same program")
  .argument("<first>", "job id")
  .argument("<second>", "job id")
  .action(async (first: string, second: string) => {
    const found = await query("jobDifference", { first: stored(first), second: stored(second) });
    const isFound = found.identical || found.programs.length + found.onlyFirst.length + found.onlySecond.length > 0;
    show(found, isFound, () => differencePage(found));
  });

spanned(program.command("software"))
  .description("what runs here: software by use")
  .addOption(new Option("--by <what>", "what to order by").choices(["runs", "users", "jobs", "cpu"]).default("runs"))
  .addOption(new Option("--period <length>", "a row for each").choices(["all", "month", "day"]).default("all"))
  .option("--user <name>", "only this user's")
  .action(async ({ user, ...options }: Input<"software">) => {
    const found = await query("software", { ...options, ...(user !== undefined && { user: stored(user) }), ...page() });
    showList(found, found.software, listings.SOFTWARE);
    const { total, unnamed } = found;
    if (isForPeople() && total.runs > 0) {
      const share = (100 * unnamed.runs) / total.runs;
      process.stdout.write(
        `${unnamed.runs} of ${total.runs} runs (${share.toFixed(1)} %) have no name but their path\n`,
      );
    }
  });

const unused = program.command("unused").description("what can go: last use of what is installed");
unused
  .command("builds")
  .description("catalogued files, longest unused first")
  .option("--since <time>", "only those that nobody used since")
  .option("--path <glob>", "only files there")
  .action(async (options: Input<"unusedBuilds">) => {
    const found = await query("unusedBuilds", { ...options, ...page() });
    if (found.catalogued === 0) complain("ogrt-query", "the collector has no catalogue (--catalogue FILE)");
    showList(found, found.builds, listings.UNUSED_BUILDS);
  });
unused
  .command("modules")
  .description("modules, longest unused first")
  .option("--since <time>", "only those that nobody used since")
  .option("--available <file>", "names of installed modules, one a line: those that were never loaded, too")
  .action(async ({ available, ...options }: Input<"unusedModules"> & { available?: string }) => {
    const found = await query("unusedModules", { ...options, ...page() });
    const isFirst = program.opts<Options>().cursor === undefined;
    const never = available === undefined || !isFirst ? [] : await neverLoaded(available);
    const modules = [...never.map((module) => ({ module, lastUse: null, processes: 0, users: 0 })), ...found.modules];
    const answer = { ...found, modules };
    showList(answer, modules, listings.UNUSED_MODULES);
  });

spanned(program.command("user-programs"))
  .description("programs that users brought themselves and no catalogue knows")
  .option("--user <name>", "only this user's")
  .action(async ({ user, ...span }: Input<"userPrograms">) => {
    const found = await query("userPrograms", {
      ...span,
      ...(user !== undefined && { user: stored(user) }),
      ...page(),
    });
    showList(found, found.programs, listings.USER_PROGRAMS);
  });

const odd = program.command("odd").description("what is odd");
spanned(odd.command("libraries"))
  .description("libraries from unusual places, or through LD_LIBRARY_PATH or LD_PRELOAD")
  .option("--soname <glob>", "only these")
  .option("--user <name>", "only this user's")
  .action(async ({ user, ...options }: Input<"oddLibraries">) => {
    const found = await query("oddLibraries", {
      ...options,
      ...(user !== undefined && { user: stored(user) }),
      ...page(),
    });
    showList(found, found.libraries, listings.ODD_LIBRARIES);
  });
spanned(odd.command("environments"))
  .description("environments that break a rule; of the last week unless --since says more")
  .option("--rule <name>", "only this rule")
  .option("--user <name>", "only this user's")
  .action(async ({ user, ...options }: Input<"oddEnvironments">) => {
    const found = await query("oddEnvironments", {
      ...options,
      ...(user !== undefined && { user: stored(user) }),
      ...page(),
    });
    showList(found, found.environments, listings.ODD_ENVIRONMENTS);
  });
spanned(odd.command("objects"))
  .description("objects that are not what they should be")
  .option("--verdict <verdict>", "only this: mismatch, stripped, changed, conflict, …")
  .action(async (options: Input<"oddObjects">) => {
    const found = await query("oddObjects", { ...options, ...page() });
    showList(found, found.objects, listings.ODD_OBJECTS);
  });

const coverage = program.command("coverage").description("what we do not see");
spanned(coverage.command("frames", { isDefault: true }))
  .description("what was received and what was not, over time")
  .addOption(new Option("--period <length>", "a row for each").choices(["hour", "day"]).default("day"))
  .action(async (options: Input<"coverage">) => {
    const found = await query("coverage", { ...options, ...page() });
    showList(found, found.periods, listings.PERIODS);
  });
spanned(coverage.command("hosts"))
  .description("processes per host and day, fewest first")
  .option("--host <name>", "only this host")
  .action(async ({ host, ...span }: Input<"coverageHosts">) => {
    const found = await query("coverageHosts", {
      ...span,
      ...(host !== undefined && { host: stored(host) }),
      ...page(),
    });
    showList(found, found.hosts, listings.HOST_DAYS);
  });
spanned(coverage.command("jobs"))
  .description("jobs of which no or few processes are known")
  .option("--fewer <n>", "jobs with fewer processes than this", parseCount(1, 1_000_000), 1)
  .option(
    "--jobs <file>",
    "jobs to look for: ids, one a line, or what sacct --parsable2 prints; else those that were announced",
  )
  .action(async ({ fewer, jobs, ...span }: { fewer: number; jobs?: string } & Spanned) => {
    const found =
      jobs === undefined
        ? await query("coverageJobs", { fewer, ...span, ...page() })
        : await query("coverageOfJobs", { fewer, jobs: readJobList(jobs) });
    showList(found, found.jobs, listings.UNCOVERED_JOBS);
  });

program
  .command("verify")
  .description("look at the files again that were not looked at (needs a running collector, as do the following)")
  .action(async () => {
    const done = await (await runningClient(target())).verify({});
    report(done, `settled ${done.settled} of ${done.open} open findings\n`);
  });

program
  .command("backup")
  .description("copy the store while the collector goes on")
  .argument("<name>", "of a file in the data directory's backups/")
  .action(async (name: string) => showFiles(await (await runningClient(target())).backup({ name })));

program
  .command("export")
  .description("write all processes to a Parquet file, one row each")
  .argument("<name>", "of a file in the data directory's exports/")
  .action(async (name: string) => showFiles(await (await runningClient(target())).export({ name })));

program
  .command("forget")
  .description("remove a user's processes from the store, backups and exports")
  .argument("<user>", "as processes claim it")
  .action(async (user: string) => showFiles(await (await runningClient(target())).forget({ user: stored(user) })));

program
  .command("login")
  .description("print a link that lets a browser in, once, within 15 minutes")
  .action(async () => {
    const link = await (await runningClient(target())).loginLink({});
    report(link, `${link.url}\n`);
  });

function showFiles(done: Answer<"backup">): void {
  report(done, done.files.map((path) => `${printable(path)}\n`).join(""));
}

function report(done: object, text: string): void {
  process.stdout.write(program.opts<Options>().json ? `${JSON.stringify(done, null, 2)}\n` : text);
}

/** A name from the command line as the store has it: its bytes as reversible text. */
function stored(text: string): string {
  return program.opts<Options>().escaped ? text : bytesToText(Buffer.from(text));
}

function page(): { limit: number; cursor?: string } {
  const { limit, cursor } = program.opts<Options>();
  return { limit, ...(cursor !== undefined && { cursor }) };
}

function query<N extends QuestionName>(name: N, input: Input<N>): Promise<Answer<N>> {
  return ask(target(), name, input);
}

function target(): Target {
  const { data, server, tokenFile, caFile } = program.opts<Options>();
  if (server === undefined) {
    if (data === undefined) throw new OgrtError("INVALID_PARAMETER", "there is no home directory: --data is needed");
    return { kind: "data", directory: dataDirectory(data) };
  }
  if (tokenFile === undefined) throw new OgrtError("INVALID_PARAMETER", "--server needs --token-file");
  if (!URL.canParse(server)) throw new OgrtError("INVALID_PARAMETER", `"${server}" is not a URL`);
  return { kind: "server", url: server, tokenFile, caFile };
}

const isForPeople = () => !program.opts<Options>().json && !program.opts<Options>().csv;

type Covered = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** An answer for people or programs. What it covers goes to the terminal, so that rows stay rows. */
function show(answer: Covered, found: boolean, text: () => string): void {
  if (!found) process.exitCode = EXIT.negative;
  if (program.opts<Options>().json) {
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  if (program.opts<Options>().csv) throw new OgrtError("INVALID_PARAMETER", "this answer has no rows for --csv");
  if (found) process.stdout.write(text());
  else complain("ogrt-query", "nothing found");
  told(answer);
}

function showList<R>(answer: Covered, rows: readonly R[], columns: readonly Column<R>[]): void {
  if (!program.opts<Options>().csv) {
    show(answer, rows.length > 0, () => listingTable(columns, rows));
    return;
  }
  if (rows.length === 0) process.exitCode = EXIT.negative;
  process.stdout.write(listingCsv(columns, rows));
  told(answer);
}

function told(answer: Covered): void {
  process.stderr.write(coverageLine(answer));
  if (answer.next != null) process.stderr.write(`(more: --cursor ${answer.next})\n`);
}

/** Modules of a list that no process ever loaded. */
async function neverLoaded(path: string): Promise<string[]> {
  let text: string;
  try {
    text = bytesToText(readFileSync(path));
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", (cause as Error).message, { path, cause });
  }
  const loaded = new Set<string>();
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const found: Answer<"unusedModules"> = await query("unusedModules", { limit: 1000, cursor });
    for (const { module } of found.modules) loaded.add(module);
    cursor = found.next;
  }
  const names = text.split("\n").map((line) => line.trim().replace(/\((?:default|L|D)\)$/, ""));
  // `module -t avail` has lines that name directories.
  return [...new Set(names)].filter((name) => name !== "" && !/[:/]$/.test(name) && !loaded.has(name));
}

function followProcesses(filters: StreamFilters, last: number | undefined): Promise<never> {
  const columns = listings.PROCESSES;
  if (program.opts<Options>().csv) process.stdout.write(listingCsv(columns, []));
  const onProcess = (one: StreamedProcess) => {
    const verdicts: Record<string, number> = {};
    for (const { verdict } of one.objects) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    const row = { ...one, verdicts };
    if (program.opts<Options>().json) process.stdout.write(`${JSON.stringify(one)}\n`);
    else if (program.opts<Options>().csv)
      process.stdout.write(listingCsv(columns, [row]).split("\r\n").slice(1).join("\r\n"));
    else process.stdout.write(listingTable(columns, [row]).split("\n").slice(1).join("\n"));
  };
  return followStream(target(), filters, last, { onProcess, tell: (sentence) => complain("ogrt-query", sentence) });
}

await runProgram(program);
