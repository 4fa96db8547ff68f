#!/usr/bin/env node
import { ask, command, loginLink, type Target } from "../lib/collector/client.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/data-directory.js";
import type { ObjectJson } from "../lib/collector/json.js";
import type { Done, Order } from "../lib/collector/maintenance.js";
import type {
  Answer,
  JobAnswer,
  ProcessesAnswer,
  ProcessSummary,
  QueryRequest,
  SignatureAnswer,
} from "../lib/collector/store/queries.js";
import { OgrtError } from "../lib/errors.js";
import { canonicalUuid } from "../lib/signature/index.js";
import { bytesToText, printable } from "../lib/text/escape.js";
import { parseCount } from "./shared/count.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";
import { localTime, table } from "./shared/table.js";

interface Options {
  data?: string;
  server?: string;
  tokenFile?: string;
  caFile?: string;
  json?: true;
  limit: number;
  escaped?: true;
}

const program = createProgram("ogrt-query", "Ask what a collector has stored.")
  .option("--data <dir>", "data directory of the collector", defaultDataDirectory())
  .option("--server <url>", "a collector elsewhere; needs --token-file")
  .option("--token-file <file>", "file with that collector's token")
  .option("--ca-file <file>", "PEM file with the authority of that collector's certificate")
  .option("--limit <n>", "at most so many rows", parseCount(1, 1000), 100)
  .option("--escaped", "names of jobs, users and hosts are given as --json shows them, with \\\\ and \\xHH")
  .option("--json", "print the answer for programs")
  .addHelpText("after", "\nExit status: 0 something was found, 1 nothing was found, 3 no answer could be had.");

program
  .command("processes")
  .description("the newest processes")
  .option("--job <id>", "only those of a job")
  .option("--user <name>", "only those of a user")
  .option("--host <name>", "only those on a host")
  .action(async (filters: { job?: string; user?: string; host?: string }) => {
    const [job, user, host] = [filters.job, filters.user, filters.host].map((text) => text && stored(text));
    const parameters = { job, user, host, limit: limit() };
    const found = (await query({ name: "processes", parameters })) as ProcessesAnswer;
    if (found.truncated) complain("ogrt-query", "the answer would be too large; some processes are left out");
    show(found, found.processes.length > 0, () => processTable(found.processes));
  });

program
  .command("job")
  .description("the processes of a job, with every object and its verdict")
  .argument("<id>", "job id")
  .action(async (id: string) => {
    const job = stored(id);
    const found = (await query({ name: "job", parameters: { job, limit: limit() } })) as JobAnswer;
    show(found, found.processes.length > 0 || found.events.length > 0, () => jobPage(found));
  });

program
  .command("signature")
  .description("the jobs that used a signature")
  .argument("<uuid>", "signature")
  .action(async (text: string) => {
    const signature = canonicalUuid(text);
    if (signature === undefined) throw new OgrtError("INVALID_UUID", `"${text}" is not a UUID`, { value: text });
    const parameters = { signature, limit: limit() };
    const found = (await query({ name: "signatureJobs", parameters })) as SignatureAnswer;
    show(found, found.jobs.length > 0, () => signaturePage(found));
  });

program
  .command("verify")
  .description("look at the files again that were not looked at (needs a running collector, as do the following)")
  .action(async () => {
    const { open = 0, settled = 0, ...done } = await give({ name: "verify" });
    report({ open, settled, ...done }, `settled ${settled} of ${open} open findings\n`);
  });

program
  .command("backup")
  .description("copy the store while the collector goes on")
  .argument("<name>", "of a file in the data directory's backups/")
  .action(async (file: string) => showFiles(await give({ name: "backup", file })));

program
  .command("export")
  .description("write all processes to a Parquet file, one row each")
  .argument("<name>", "of a file in the data directory's exports/")
  .action(async (file: string) => showFiles(await give({ name: "export", file })));

program
  .command("forget")
  .description("remove a user's processes from the store, backups and exports")
  .argument("<user>", "as processes claim it")
  .action(async (user: string) => showFiles(await give({ name: "forget", user: stored(user) })));

program
  .command("login")
  .description("print a link that lets a browser in, once, within 15 minutes")
  .action(async () => {
    const link = await loginLink(target());
    process.stdout.write(program.opts<Options>().json ? `${JSON.stringify(link, null, 2)}\n` : `${link.url}\n`);
  });

const give = (order: Order): Promise<Done> => command(target(), order);

function showFiles(done: Done): void {
  report(done, (done.files ?? []).map((path) => `${printable(path)}\n`).join(""));
}

function report(done: Done, text: string): void {
  process.stdout.write(program.opts<Options>().json ? `${JSON.stringify(done, null, 2)}\n` : text);
}

/** A name from the command line as the store has it: its bytes as reversible text. */
const stored = (text: string) => (program.opts<Options>().escaped ? text : bytesToText(Buffer.from(text)));

const limit = () => program.opts<Options>().limit;

const query = (request: QueryRequest): Promise<Answer> => ask(target(), request);

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

function show(answer: Answer, found: boolean, page: () => string): void {
  if (!found) process.exitCode = EXIT.negative;
  if (program.opts<Options>().json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else if (found) process.stdout.write(page());
  else complain("ogrt-query", "nothing found");
}

const orDash = (text: string | null) => text ?? "-";
const commandOf = ({ arguments: list, commandLine }: Pick<ProcessSummary, "arguments" | "commandLine">) =>
  commandLine ?? list.join(" ");
const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function processTable(processes: ProcessSummary[]): string {
  return table(
    ["STARTED", "JOB", "USER", "HOST", "PID", "PROGRAM", "VERDICT", "OBJECTS"],
    processes.map(({ started, job, claimed, pid, program: { path, verdict }, verdicts }) => [
      localTime(started),
      orDash(job),
      orDash(claimed.user ?? (claimed.uid === null ? null : `${claimed.uid}`)),
      orDash(claimed.host),
      `${pid}`,
      path,
      verdict,
      Object.entries(verdicts)
        .map(([name, count]) => `${count} ${name}`)
        .join(", "),
    ]),
  );
}

function jobPage({ job, processes, total, truncated, events }: JobAnswer): string {
  const blocks = processes.map((process) => {
    const { started, claimed, pid, parentPid, modules, program: executable, objects, end, execOf } = process;
    const who = `${orDash(claimed.user ?? (claimed.uid === null ? null : `uid ${claimed.uid}`))} on ${orDash(claimed.host)}`;
    const lines = [
      `${localTime(started)}  pid ${pid} (parent ${parentPid})  ${who}  ${shorten(commandOf(process), 200)}`,
    ];
    if (modules.length > 0) lines.push(`  modules: ${modules.join(" ")}`);
    if (execOf !== null) lines.push(`  took the place of ${execOf} by exec`);
    if (end !== null) {
      const { userTime, systemTime, maxResident } = end.usage;
      lines.push(`  used: ${userTime} ms user, ${systemTime} ms system, ${maxResident} KiB at most`);
    }
    const all: ObjectJson[] = [executable, ...objects, ...(end?.objects ?? [])];
    const left = process.counts.objects - objects.length;
    if (left > 0) lines.push(`  ${left} objects are left out: the answer would be too large`);
    return `${lines.map((line) => `${printable(line)}\n`).join("")}${indent(objectTable(all))}`;
  });
  const heading = `job ${printable(job)}: ${total} process${total === 1 ? "" : "es"}`;
  const which = processes.length < total ? `, the first ${processes.length} of them` : "";
  const cut = truncated ? `${which} (cut: the answer would be too large)` : which;
  const said = events.map(({ kind, happened }) => `job ${kind} at ${localTime(happened)}\n`).join("");
  return `${heading}${cut}\n${said}\n${blocks.join("\n")}`;
}

function objectTable(objects: ObjectJson[]): string {
  return table(
    ["OBJECT", "SIGNATURE", "VERDICT"],
    objects.map(({ path, signatures, software, verdict, reason, compared }) => [
      path,
      signatures.length === 0 ? "-" : [...signatures, ...software.map((name) => `(${name})`)].join(" "),
      `${verdict}${reason === null ? "" : ` (${reason})`}${compared === null ? "" : ` (else ${compared})`}`,
    ]),
  );
}

function signaturePage({ signature, software, jobs, objects, conflicts }: SignatureAnswer): string {
  const used = table(
    ["JOB", "PROCESSES", "USERS", "HOSTS", "FIRST USE", "LAST USE"],
    jobs.map(({ job, processes, users, hosts, userCount, hostCount, firstUse, lastUse }) => [
      orDash(job),
      `${processes}`,
      names(users, userCount),
      names(hosts, hostCount),
      localTime(firstUse),
      localTime(lastUse),
    ]),
  );
  const found = table(
    ["OBJECT", "BUILD-ID", "VERDICT"],
    objects.map(({ path, buildId, verdict }) => [path, orDash(buildId), verdict]),
  );
  const warnings = conflicts.map(
    ({ fileName, buildIds }) =>
      `conflict: ${printable(fileName)} has this signature on ${buildIds.length} builds: ${buildIds.join(", ")}\n`,
  );
  const called = software.map((name) => `  ${printable(name)}\n`).join("");
  return `signature ${signature}\n${called}\n${used}\n${found}${warnings.length > 0 ? "\n" : ""}${warnings.join("")}`;
}

/** A few names, and how many more there are. */
function names(list: (string | null)[], count: number): string {
  const known = list.filter((name) => name !== null);
  if (known.length === 0) return "-";
  const shown = known.slice(0, 3).join(", ");
  return count > 3 ? `${shown} and ${count - 3} more` : shown;
}

const indent = (text: string) => text.replace(/^(?=.)/gm, "    ");

await runProgram(program);
