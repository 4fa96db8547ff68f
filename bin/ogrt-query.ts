#!/usr/bin/env node
import { ask, type Target } from "../lib/collector/client.js";
import { dataDirectory, defaultDataDirectory } from "../lib/collector/data-directory.js";
import type { ObjectJson } from "../lib/collector/json.js";
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
import { printable } from "../lib/text/escape.js";
import { parseCount } from "./shared/address.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";
import { localTime, table } from "./shared/table.js";

interface Options {
  data: string;
  server?: string;
  tokenFile?: string;
  json?: true;
  limit: number;
}

const program = createProgram("ogrt-query", "Ask what a collector has stored.")
  .option("--data <dir>", "data directory of the collector", defaultDataDirectory())
  .option("--server <url>", "a collector elsewhere; needs --token-file")
  .option("--token-file <file>", "file with that collector's token")
  .option("--limit <n>", "at most so many rows", parseCount(1, 1000), 100)
  .option("--json", "print the answer for programs")
  .addHelpText("after", "\nExit status: 0 something was found, 1 nothing was found, 3 no answer could be had.");

program
  .command("processes")
  .description("the newest processes")
  .option("--job <id>", "only those of a job")
  .option("--user <name>", "only those of a user")
  .option("--host <name>", "only those on a host")
  .action(async (filters: { job?: string; user?: string; host?: string }) => {
    const found = (await query({ name: "processes", parameters: { ...filters, limit: limit() } })) as ProcessesAnswer;
    show(found, found.processes.length > 0, () => processTable(found.processes));
  });

program
  .command("job")
  .description("the processes of a job, with every object and its verdict")
  .argument("<id>", "job id")
  .action(async (job: string) => {
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

const limit = () => program.opts<Options>().limit;

function query(request: QueryRequest): Promise<Answer> {
  const { data, server, tokenFile } = program.opts<Options>();
  let target: Target = { kind: "data", directory: dataDirectory(data) };
  if (server !== undefined) {
    if (tokenFile === undefined) throw new OgrtError("INVALID_PARAMETER", "--server needs --token-file");
    if (!URL.canParse(server)) throw new OgrtError("INVALID_PARAMETER", `"${server}" is not a URL`);
    target = { kind: "server", url: server, tokenFile };
  }
  return ask(target, request);
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

function jobPage({ job, processes, total, events }: JobAnswer): string {
  const blocks = processes.map((process) => {
    const { started, claimed, pid, parentPid, modules, program: executable, objects, end } = process;
    const who = `${orDash(claimed.user ?? (claimed.uid === null ? null : `uid ${claimed.uid}`))} on ${orDash(claimed.host)}`;
    const lines = [
      `${localTime(started)}  pid ${pid} (parent ${parentPid})  ${who}  ${shorten(commandOf(process), 200)}`,
    ];
    if (modules.length > 0) lines.push(`  modules: ${modules.join(" ")}`);
    if (end !== null) {
      const { userTime, systemTime, maxResident } = end.usage;
      lines.push(`  used: ${userTime} ms user, ${systemTime} ms system, ${maxResident} KiB at most`);
    }
    const all: ObjectJson[] = [executable, ...objects, ...(end?.objects ?? [])];
    return `${lines.map((line) => `${printable(line)}\n`).join("")}${indent(objectTable(all))}`;
  });
  const heading = `job ${printable(job)}: ${total} process${total === 1 ? "" : "es"}`;
  const cut = processes.length < total ? `, the first ${processes.length} of them` : "";
  const said = events.map(({ kind, happened }) => `job ${kind} at ${localTime(happened)}\n`).join("");
  return `${heading}${cut}\n${said}\n${blocks.join("\n")}`;
}

function objectTable(objects: ObjectJson[]): string {
  return table(
    ["OBJECT", "SIGNATURE", "VERDICT"],
    objects.map(({ path, signatures, verdict, reason, compared }) => [
      path,
      signatures.length === 0 ? "-" : signatures.join(" "),
      `${verdict}${reason === null ? "" : ` (${reason})`}${compared === null ? "" : ` (else ${compared})`}`,
    ]),
  );
}

function signaturePage({ signature, jobs, objects, conflicts }: SignatureAnswer): string {
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
  return `signature ${signature}\n\n${used}\n${found}${warnings.length > 0 ? "\n" : ""}${warnings.join("")}`;
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
