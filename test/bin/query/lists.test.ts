import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import document from "../../../proto/openapi.json" with { type: "json" };
import { temporaryFolder } from "../../support/folder.js";
import { writeLongLists } from "../../support/long-lists.js";
import { have } from "../../support/toolchain.js";
import { tool, toolPath } from "../../support/tools.js";

/* How lists are printed: formats, order, columns, and tables on terminals. */

/** More rows than a page of a table. */
const ROWS = 150;
const data = temporaryFolder();
const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);

beforeAll(() => writeLongLists(join(data, "ogrt.duckdb"), ROWS), 120_000);

describe("each format but tables", () => {
  it("has all rows", () => {
    const { jobs, next, completeness } = JSON.parse(query("--json", "jobs").stdout);
    expect([jobs.length, next, completeness.processes]).toEqual([ROWS, null, ROWS]);
    const lines = query("--ndjson", "jobs").stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(jobs);
    expect(query("--csv", "jobs").stdout.trimEnd().split("\r\n")).toHaveLength(ROWS + 1);
  });

  it("has as many rows as --limit says, and the cursor of the next", () => {
    const { jobs, next } = JSON.parse(query("--json", "--limit", "7", "jobs").stdout);
    expect(jobs).toHaveLength(7);
    const more = JSON.parse(query("--json", "--limit", "7", "--cursor", next, "jobs").stdout);
    expect(more.jobs[0].job).not.toBe(jobs[0].job);
    expect(query("--ndjson", "--limit", "7", "jobs").stdout.trimEnd().split("\n")).toHaveLength(7);
  });

  it("is valid without rows", () => {
    const { status, stdout } = query("--json", "jobs", "--user", "nobody");
    expect([status, JSON.parse(stdout).jobs]).toEqual([1, []]);
    expect(query("--ndjson", "jobs", "--user", "nobody")).toMatchObject({ status: 1, stdout: "" });
  });

  it("has the processes of a job", () => {
    const { processes, total } = JSON.parse(query("--json", "job", "j7").stdout);
    expect([processes.length, total]).toEqual([1, 1]);
    expect(JSON.parse(query("--ndjson", "job", "j7").stdout)).toEqual(processes[0]);
    expect(query("--csv", "job", "j7").stdout).toMatch(/^started,job,.*\r\n.*,j7,/);
  });

  it("excludes the others", () => {
    const { status, stderr } = query("--ndjson", "--csv", "jobs");
    expect([status, stderr]).toEqual([2, expect.stringContaining("cannot be used with option")]);
  });
});

describe("--sort and --columns", () => {
  const jobsOf = (...args: string[]) =>
    query(...args, "--columns", "job", "jobs")
      .stdout.trimEnd()
      .split("\n");

  it("sort all rows, not those of a page", () => {
    const [heading, ...jobs] = jobsOf("--sort", "job", "--limit", "3");
    expect([heading, jobs.slice(0, 3)]).toEqual(["JOB", ["j1", "j10", "j100"]]);
    expect(jobsOf("--sort", "-job", "--limit", "1")[1]).toBe("j99");
    expect(jobsOf("--sort", "lastUse", "--limit", "1")[1]).toBe(`j${ROWS}`);
    expect(jobs[3]).toBe(`${ROWS} rows: all of them with --csv, more with --limit`);
  });

  it("apply to CSV", () => {
    const { stdout } = query("--csv", "--sort", "-lastUse", "--columns", "job,processes", "jobs");
    expect(stdout).toMatch(/^job,processes\r\nj1,1\r\nj2,1\r\n/);
  });

  it("name the columns there are", () => {
    const { status, stderr } = query("--columns", "jop", "jobs");
    expect(status).toBe(2);
    expect(stderr).toMatch(/the list has no column "jop"; did you mean job\?; it has job, cluster, users, /);
  });
});

it("every parameter of a question is an option of its command", () => {
  const commands: Record<string, string> = {
    ...{ processes: "processes", jobs: "jobs", software: "software", userPrograms: "user-programs" },
    ...{ unusedBuilds: "unused builds", unusedModules: "unused modules", oddLibraries: "odd libraries" },
    ...{ oddEnvironments: "odd environments", oddObjects: "odd objects", coverage: "coverage frames" },
    ...{ coverageOutages: "coverage outages", coverageHosts: "coverage hosts", coverageJobs: "coverage jobs" },
  };
  const named = (parameter: { $ref?: string; name?: string }) => parameter.name ?? parameter.$ref?.split("/").at(-1);
  for (const { get } of Object.values(document.paths) as { get?: { operationId: string; parameters?: [] } }[]) {
    const command = commands[get?.operationId ?? ""];
    if (command === undefined) continue;
    const help = query(...command.split(" "), "--help").stdout;
    const wanted = (get?.parameters ?? []).map(named).filter((name) => name && !/^(limit|cursor|snapshot)$/.test(name));
    const flag = (name = "") => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `;
    const missing = wanted.filter((name) => !help.includes(flag(name)) && !help.includes(`[${name}]`));
    expect([command, missing]).toEqual([command, []]);
  }
});

/** The output on a terminal of this size, which script(1) provides. */
function onTerminal(columns: number, rows: number, environment: Record<string, string>, ...args: string[]): string {
  const command = [process.execPath, toolPath("ogrt-query"), "--data", data, ...args].join(" ");
  const { NO_COLOR: _, LESS: __, ...rest } = process.env;
  const sized = `stty cols ${columns} rows ${rows}; ${command}`;
  const { stdout } = spawnSync("script", ["--quiet", "--return", "--command", sized, "/dev/null"], {
    encoding: "utf8",
    env: { ...rest, TERM: "xterm", PAGER: "cat", NO_COLOR: "1", ...environment },
    timeout: 100_000,
  });
  // A slow machine shows that it waits, and erases that before the output.
  return stdout.replace(/^[\s\S]*\r\u001b\[K/, "").replaceAll("\r\n", "\n");
}

describe.skipIf(!have("script"))("a table on a terminal (needs script)", () => {
  const libraries = ["--limit", "3", "odd", "libraries"];

  it("fits, with names cut in the middle, unless --wide is given", () => {
    const shown = onTerminal(72, 50, {}, ...libraries);
    const table = shown.split("\n").slice(0, 4);
    expect(table[0]).toMatch(/^SONAME +FROM /);
    expect(table.every((line) => line.length <= 72)).toBe(true);
    expect(onTerminal(72, 50, {}, "--wide", ...libraries)).toContain("/home/u100/lib/libodd.so.1");
    expect(query(...libraries).stdout).toContain("/home/u100/lib/libodd.so.1");
  });

  it("has colours that mean something, unless NO_COLOR is set", () => {
    const red = "\u001b[31mmismatch\u001b[0m";
    const processes = ["--limit", "3", "processes"];
    expect(onTerminal(200, 50, { NO_COLOR: "" }, ...processes)).toContain(red);
    expect(onTerminal(200, 50, {}, ...processes)).not.toContain("\u001b[");
    expect(query(...processes).stdout).not.toContain("\u001b[");
  });

  it("goes through the pager where it does not fit", () => {
    const pager = { PAGER: "sed 's/^/paged:/'" };
    expect(onTerminal(200, 10, pager, "--limit", "20", "jobs")).toMatch(/^paged:JOB /);
    expect(onTerminal(200, 50, pager, "--limit", "20", "jobs")).toMatch(/^JOB /);
    expect(onTerminal(200, 10, { PAGER: "/absent/pager" }, "--limit", "20", "jobs")).toMatch(/^JOB /m);
    expect(onTerminal(200, 10, pager, "--csv", "jobs")).not.toContain("paged:");
  });
});
