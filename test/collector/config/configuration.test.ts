import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ConfigurationProblems, resolveSettings, unknownVariables } from "../../../lib/collector/config/resolve.js";
import { SETTING_NAMES, settingOf } from "../../../lib/collector/config/settings.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { printDefaultFile } from "../../../scripts/reference/settings.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool, toolPath } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let files = 0;

/** Writes a file with these lines; returns its path. */
function file(...lines: string[]): string {
  const path = join(folder, `collector-${files++}.toml`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const resolve = (path?: string, environment = {}, options = {}) =>
  resolveSettings({ file: path, environment, options });

async function problems(path: string, environment = {}): Promise<string[]> {
  const error = await resolve(path, environment).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConfigurationProblems);
  const found = (error as ConfigurationProblems).problems;
  return found.map(({ code, message }) => `${code} ${message.replace(`${path}:`, "")}`);
}

describe("settings", () => {
  it("prefer options to the environment, the environment to the file, and the file to defaults", async () => {
    const path = file("[receive]", 'udp = ["10.0.0.1:1"]', 'tcp = ["10.0.0.1:2"]', "[store]", "flush-interval = 7");
    const environment = { OGRT_COLLECTOR_TCP: "10.0.0.2:3, [::1]:4", OGRT_COLLECTOR_FLUSH_INTERVAL: "8" };
    const { settings, origins } = await resolve(path, environment, { flushInterval: 9 });
    expect(settings.udp).toEqual([{ host: "10.0.0.1", port: 1 }]);
    expect(settings.tcp).toEqual([
      { host: "10.0.0.2", port: 3 },
      { host: "::1", port: 4 },
    ]);
    expect(settings.flushInterval).toBe(9);
    expect(settings.logLevel).toBe("info");
    expect(origins).toMatchObject({
      udp: `${path}:2`,
      tcp: "OGRT_COLLECTOR_TCP",
      flushInterval: "--flush-interval",
      logLevel: "default",
    });
  });

  it("have their defaults when the file is empty", async () => {
    expect((await resolve(file())).settings).toEqual((await resolve()).settings);
  });

  it("accept every form of TOML keys", async () => {
    const path = file(
      'store = { "flush-interval" = 0x10 }',
      'http."names" = [',
      "  # one",
      "  'a',",
      "]",
      "log.level='warn'",
    );
    const { settings, origins } = await resolve(path);
    expect(settings).toMatchObject({ flushInterval: 16, httpNames: ["a"], logLevel: "warn" });
    expect(origins).toMatchObject({ flushInterval: `${path}:1`, httpNames: `${path}:2`, logLevel: `${path}:6` });
  });

  it("accept an empty list", async () => {
    expect((await resolve(file("[receive]", "udp = []"))).settings.udp).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ["a key that does not exist", ["dta = '/x'"], ["1: dta: there is no such setting; did you mean data?"]],
    [
      "a key that does not exist in a table",
      ["[receive]", "", "upd = []"],
      ["3: receive.upd: there is no such setting; did you mean receive.udp?"],
    ],
    ["a key unlike all others", ["[store]", "engine = 'x'"], ["2: store.engine: there is no such setting"]],
    ["a table that does not exist", ["[recieve]"], ["1: recieve: there is no such setting; did you mean receive?"]],
    ["a value in place of a table", ["receive = 1"], ["1: receive: expected a table: [receive]"]],
    ["a text in place of a list", ["[receive]", 'udp = "x"'], ['2: receive.udp: expected a list in brackets, not "x"']],
    ["a bad address", ["[receive]", 'udp = ["x"]'], ['2: receive.udp: expected HOST:PORT, not "x"']],
    [
      "a port that is too large",
      ["[http]", 'listen = "a:65536"'],
      ['2: http.listen: expected HOST:PORT, not "a:65536"'],
    ],
    [
      "a number out of its range",
      ["[store]", "flush-interval = 0"],
      ["2: store.flush-interval: expected a whole number from 1 to 60000, not 0"],
    ],
    [
      "a number in quotes",
      ["[store]", 'keep = "7"'],
      ['2: store.keep: expected a whole number from 1 to 36500, not "7"'],
    ],
    ["an unknown word", ["[log]", 'level = "loud"'], ['2: log.level: expected debug, info, warn, error, not "loud"']],
    ["a date", ["data = 1979-05-27"], ["1: data: expected a text in quotes, not this"]],
    ["a NUL", ['data = "/a\\u0000"'], ['1: data: expected a text without NUL, not "/a\\u0000"']],
    ["a relative path", ['data = "data"'], ['1: data: expected an absolute path, not "data"']],
    [
      "a bad pattern",
      ["[redaction]", "patterns = ['(']"],
      ['2: redaction.patterns: Invalid regular expression: /(/gs: Unterminated group, not "("'],
    ],
    [
      "a table in place of a value",
      ["[log]", "level = {a = [1]}"],
      ['2: log.level: expected debug, info, warn, error, not {"a":[1]}'],
    ],
  ])("names line, key and value: %s", async (_, lines, expected) => {
    expect(await problems(file(...lines))).toEqual(expected.map((message) => `INVALID_CONFIGURATION ${message}`));
  });

  it("reports all mistakes of all sources at once", async () => {
    const path = file("nonsense = 1", "[store]", "keep = -1", "flush-interval = 3");
    const environment = { OGRT_COLLECTOR_FLUSH_INTERVAL: "soon" };
    expect(await problems(path, environment)).toEqual([
      "INVALID_CONFIGURATION 1: nonsense: there is no such setting",
      "INVALID_CONFIGURATION 3: store.keep: expected a whole number from 1 to 36500, not -1",
      'INVALID_CONFIGURATION OGRT_COLLECTOR_FLUSH_INTERVAL: expected a whole number from 1 to 60000, not "soon"',
    ]);
  });

  it("does not show a password in an output's URL", async () => {
    const path = file("[[output]]", "kind = 'elasticsearch'", "url = 'https://me:hunter2@host'");
    const [problem] = await problems(path);
    expect(problem).toMatch(/^INVALID_CONFIGURATION 3: output\.url: expected http/);
    expect(problem).not.toContain("hunter2");
  });

  it("names the line in which a file is not valid TOML", async () => {
    expect((await problems(file("[log]", 'level = "info')))[0]).toMatch(
      /^INVALID_CONFIGURATION 2: is not valid TOML: /,
    );
    expect((await problems(file("[log]", "level = 'info'", "level = 'warn'")))[0]).toMatch(/ 3: is not valid TOML: /);
    expect((await problems(join(folder, "nowhere.toml")))[0]).toMatch(/^FILE_UNREADABLE /);
  });

  it("lists variables that look like settings", () => {
    expect(unknownVariables({ OGRT_COLLECTOR_UPD: "x", OGRT_COLLECTOR_UDP: "y", OGRT_COLLECTOR_CONFIG: "z" })).toEqual([
      "OGRT_COLLECTOR_UPD: there is no such setting; did you mean OGRT_COLLECTOR_UDP?",
    ]);
    const kubernetes = { OGRT_COLLECTOR_PORT: "tcp://10.0.0.1:1", OGRT_COLLECTOR_SERVICE_HOST: "10.0.0.1" };
    expect(unknownVariables({ ...kubernetes, PATH: "/bin" })).toEqual([]);
  });
});

describe("the default file", () => {
  it("holds the default of every setting", async () => {
    const text = printDefaultFile();
    const everything = text.replace(/^# (?=[\w-]+ = (?!\())/gm, "");
    const given = await resolve(file(everything));
    const defaults = await resolve();
    expect(given.settings).toEqual(defaults.settings);
    for (const name of SETTING_NAMES) {
      const { initialText } = settingOf(name);
      if (initialText === undefined) expect(given.origins[name], name).toMatch(/\.toml:\d+$/);
      else expect(text).toContain(`= (${initialText})`);
    }
  });
});

describe("ogrt-collector", () => {
  it("--check-config prints nothing for a valid file, and all mistakes of an invalid one", () => {
    expect(tool("ogrt-collector", "--config", file("[log]", 'level = "warn"'), "--check-config")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: "",
    });
    const path = file("dta = 1", "[store]", "keep = 0");
    for (const check of [["--check-config"], []]) {
      expect(tool("ogrt-collector", "--config", path, ...check)).toMatchObject({
        status: 2,
        stdout: "",
        stderr: [
          `ogrt-collector: ${path}:1: dta: there is no such setting; did you mean data?`,
          `ogrt-collector: ${path}:3: store.keep: expected a whole number from 1 to 36500, not 0`,
          "",
        ].join("\n"),
      });
    }
    expect(tool("ogrt-collector", "--config", join(folder, "none.toml"), "--check-config").status).toBe(3);
    expect(tool("ogrt-collector", "--flush-interval", "0").status).toBe(2);
  });

  it("--check-config opens every file that a setting names", () => {
    const missing = (name: string) => join(folder, `missing-${name}`);
    const path = file(
      ...["[http]", `tls-certificate = "${missing("certificate")}"`, `tls-key = "${missing("key")}"`],
      ...["[names]", `registers = ["${missing("register")}"]`, `catalogues = ["${missing("catalogue")}"]`],
      ...["[agents]", `nodes = "${missing("nodes")}"`, "[answers]", `environment-rules = "${missing("rules")}"`],
      ...["[[output]]", 'kind = "elasticsearch"', 'name = "search"', 'url = "https://h"', 'user = "u"'],
      `password-file = "${missing("password")}"`,
    );
    const { status, stderr } = tool("ogrt-collector", "--config", path, "--check-config");
    const keys = [
      ...["agents.nodes", "http.tls-certificate", "http.tls-key", "names.registers", "names.catalogues"],
      ...["answers.environment-rules", "output.password-file of search"],
    ];
    const named = Array.from(
      stderr.matchAll(/^ogrt-collector: (.+?): \S*missing-\w+: .*no such file/gm),
      ([, key]) => key,
    );
    expect([status, named.sort()]).toEqual([3, keys.sort()]);
  });

  it("knows of every path of a setting whether the collector reads it", () => {
    const paths = SETTING_NAMES.filter(
      (name) => (settingOf(name).kind.element ?? settingOf(name).kind).name === "path",
    );
    const unread = paths.filter((name) => (settingOf(name).kind.element ?? settingOf(name).kind).opens === undefined);
    expect(unread).toEqual(["data", "unix", "agentUnix"]);
  });

  it.each([
    ["rules that are not JSON", "[answers]", "environment-rules", "answers.environment-rules: "],
    ["nodes without a hash", "[agents]", "nodes", "agents.nodes: "],
  ])("--check-config reads %s", (_, table, key, sentence) => {
    const input = file("not such a file");
    const { status, stderr } = tool("ogrt-collector", "--config", file(table, `${key} = "${input}"`), "--check-config");
    expect([status, stderr.startsWith(`ogrt-collector: ${sentence}${input}`)]).toEqual([3, true]);
  });

  it("--check-config reads the authority of an output", () => {
    const authority = file("not a certificate");
    const output = ["[[output]]", 'kind = "json-lines"', 'address = "tls://h:1"', `ca-file = "${authority}"`];
    const { status, stderr } = tool("ogrt-collector", "--config", file(...output), "--check-config");
    expect([status, stderr]).toEqual([3, expect.stringContaining(`output json-lines: ${authority}: ca-file: `)]);
  });

  it("--check-config lists variables that it ignores", () => {
    const env = { PATH: process.env["PATH"], HOME: folder, OGRT_COLLECTOR_KEEPS: "3" };
    const args = [toolPath("ogrt-collector"), "--check-config"];
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
    expect(stderr).toMatch(/^ogrt-collector: OGRT_COLLECTOR_KEEPS: .*did you mean OGRT_COLLECTOR_KEEP\?\n$/);
    expect(status).toBe(0);
  });

  it.each<[string, string[], string[]]>([
    [
      "an invalid port",
      ["kind = 'syslog'", "address = 'udp://h:99999'"],
      ["3: output.address: expected tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT or unix:///PATH"],
    ],
    [
      "an invalid URL",
      ["kind = 'elasticsearch'", "url = 'http://h:99999'"],
      ["3: output.url: expected http://HOST:PORT or https://HOST:PORT"],
    ],
    [
      "a user without a password",
      ["kind = 'elasticsearch'", "url = 'https://h'", "user = 'u'"],
      ["1: output.password-file: is needed by user"],
    ],
    [
      "a password without a user",
      ["kind = 'elasticsearch'", "url = 'https://h'", "password-file = '/p'"],
      ["1: output.user: is needed by password-file"],
    ],
    [
      "two ways to log in",
      ["kind = 'elasticsearch'", "url = 'https://h'", "user = 'u'", "password-file = '/p'", "api-key-file = '/k'"],
      ["6: output.api-key-file: replaces user and password-file"],
    ],
    [
      "an authority for a server without TLS",
      ["kind = 'elasticsearch'", "url = 'http://h'", "ca-file = '/a'"],
      ["4: output.ca-file: needs a url that begins with https://"],
    ],
    [
      "an authority for a stream without TLS",
      ["kind = 'json-lines'", "address = 'tcp://h:1'", "ca-file = '/a'"],
      ["4: output.ca-file: needs an address that begins with tls://"],
    ],
    [
      "a certificate without its key",
      ["kind = 'json-lines'", "address = 'tls://h:1'", "cert-file = '/c'"],
      ["1: output.key-file: is needed by cert-file"],
    ],
    ["an empty directory", ["kind = 'json-files'", "directory = ''"], ['3: output.directory: expected a path, not ""']],
    [
      "a directory of another output",
      ["kind = 'json-files'", "[[output]]", "kind = 'json-files'", "name = 'b'", "directory = './jobs'"],
      ["3: output.directory: another output has the same directory"],
    ],
    [
      "mistakes in several outputs",
      ["kind = 'file'", "[[output]]", "kind = 'null'", "size = 1", "[[output]]", "kind = 'null'"],
      [
        '2: output.kind: expected json-files, json-lines, elasticsearch, syslog, null, not "file"',
        "5: output.size: there is no such setting",
      ],
    ],
    [
      "several mistakes in one output",
      ["kind = 'json-lines'", "confirm = 'maybe'", "key-file = 'key'", "adress = 'tcp://h:1'"],
      [
        '3: output.confirm: expected close, none, not "maybe"',
        '4: output.key-file: expected an absolute path, not "key"',
        "5: output.adress: there is no such setting; did you mean address?",
        "1: output.address: is missing",
      ],
    ],
    ["an output without a kind", ["name = 'a'"], ["1: output.kind: is missing"]],
  ])("names line, key and value of an output: %s", async (_, lines, expected) => {
    const found = await problems(file("[[output]]", ...lines));
    expect(found).toEqual(expected.map((message) => `INVALID_CONFIGURATION ${message}`));
  });

  it("--print-config prints a file that gives the same settings, each with its origin", async () => {
    const path = file("[names]", 'registers = ["/srv/stamps"]', "[redaction]", "patterns = ['\\d+\"']");
    const args = ["--config", path, "--print-config", "--udp", "0"];
    const env = { PATH: process.env["PATH"], HOME: folder, OGRT_COLLECTOR_LOG_LEVEL: "warn" };
    const { stdout, status } = spawnSync(process.execPath, [toolPath("ogrt-collector"), ...args], {
      env,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toContain('udp = ["127.0.0.1:0"]  # --udp');
    expect(stdout).toContain('level = "warn"  # OGRT_COLLECTOR_LOG_LEVEL');
    expect(stdout).toContain(`registers = ["/srv/stamps"]  # ${path}:2`);
    expect(stdout).toContain("# keep = (never)  # default");
    const again = await resolve(file(stdout));
    expect(again.settings.redactPatterns).toEqual([/\d+"/gs]);
    expect(again.settings.udp).toEqual([{ host: "127.0.0.1", port: 0 }]);
  });

  it("applies reloadable settings on SIGHUP, and logs those that need a restart", async () => {
    const path = file("[redaction]", "names = ['ONE']", "[log]", "level = 'info'");
    const collector = await startCollector(join(folder, "reload"), "--config", path);
    const environment = async (job: string) => {
      await collector.send(encodeMessage(processStart({ job, environment: ["ONE=1", "TWO=2"] })));
      for (;;) {
        const { processes } = await collector.json(`/api/v1/jobs/${job}`);
        if (processes.length > 0) return processes[0].environment;
        await sleep(20);
      }
    };
    const reload = async (event: string, ...lines: string[]) => {
      const before = collector.log().length;
      writeFileSync(path, lines.join("\n"));
      process.kill(collector.where.pid, "SIGHUP");
      const added = () => collector.log().slice(before);
      while (!added().some((line) => line.event === event)) await sleep(20);
      return added().map((line) => `${line.level} ${line.event}: ${line.message}`);
    };
    expect(await environment("a")).toEqual(["ONE=[redacted]", "TWO=2"]);
    expect(
      await reload("restart-needed", "[redaction]", "names = ['TWO']", "[store]", "flush-interval = 9", "keep = 3"),
    ).toEqual([
      "info reloaded: applied store.keep, redaction.names",
      "warn restart-needed: store.flush-interval changes at the next restart",
    ]);
    expect(await environment("b")).toEqual(["ONE=1", "TWO=[redacted]"]);
    expect(await reload("reload-refused", "[redaction]", "names = 5")).toEqual([
      `error reload-refused: ${path}:2: redaction.names: expected a list in brackets, not 5`,
    ]);
    expect(await environment("c")).toEqual(["ONE=1", "TWO=[redacted]"]);
    // A mistake in a file that the configuration names.
    const rules = ["[redaction]", "names = ['ONE']", "[answers]", `environment-rules = '${join(folder, "none.json")}'`];
    expect(await reload("reload-refused", ...rules)).toEqual([expect.stringContaining("none.json")]);
    expect(await environment("d")).toEqual(["ONE=1", "TWO=[redacted]"]);
    expect(await collector.stop()).toBe(0);
  });

  it("replaces outputs on SIGHUP; each continues from its cursor", async () => {
    const table = (name: string) => ["[[output]]", "kind = 'json-files'", `name = '${name}'`, `directory = '${name}'`];
    const data = join(folder, "outputs");
    const path = file(...table("one"));
    const collector = await startCollector(data, "--config", path);
    const linesOf = (name: string, job: string) => {
      const found = join(data, name, `${job}.jsonl`);
      return existsSync(found) ? readFileSync(found, "utf8").split("\n").length - 1 : 0;
    };
    const send = async (job: string) => collector.send(encodeMessage(processStart({ job })));
    const reload = async (...lines: string[]) => {
      const count = () => collector.log().filter(({ event }) => event === "reloaded").length;
      const before = count();
      writeFileSync(path, lines.join("\n"));
      process.kill(collector.where.pid, "SIGHUP");
      while (count() === before) await sleep(20);
    };
    await send("a");
    while (linesOf("one", "a") < 1) await sleep(20);
    await reload(...table("two"));
    await send("b");
    while (linesOf("two", "b") < 1) await sleep(20);
    expect(linesOf("one", "b")).toBe(0);
    await reload(...table("one"), ...table("two"));
    while (linesOf("one", "b") < 1) await sleep(20);
    await send("c");
    while (linesOf("one", "c") < 1 || linesOf("two", "c") < 1) await sleep(20);
    expect([linesOf("one", "a"), linesOf("one", "b"), linesOf("two", "a"), linesOf("two", "b")]).toEqual([1, 1, 0, 1]);
    await reload("");
    expect((await collector.json("/api/v1/stats")).outputs).toEqual([]);
    expect(await collector.stop()).toBe(0);
  });

  it("stops on SIGHUP when it has no file to read again", async () => {
    const collector = await startCollector(join(folder, "hang-up"));
    expect(await collector.stop("SIGHUP")).toBe(0);
  });
});
