import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Redactor } from "../../../lib/collector/pipeline/redaction/redactor.js";
import { REDACTED } from "../../../lib/collector/shared/redacted.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

interface Lists {
  readonly VALUES: readonly string[];
  readonly ENVIRONMENT: readonly string[];
  readonly COMMANDS: readonly string[];
  readonly argumentsOf: (line: string) => string[];
}

const folder = temporaryFolder();
const redactor = new Redactor();
const variable = (text: string) => redactor.redact(processStart({ environment: [text] })).environment[0];
const args = (...list: string[]) => redactor.redact(processStart({ arguments: list })).arguments;
const line = (commandLine: string) => redactor.redact(processStart({ commandLine })).commandLine;
const benchmark = join(root, "bench/redaction");
const { VALUES, ENVIRONMENT, COMMANDS, argumentsOf } = (await import(join(benchmark, "secrets.mjs"))) as Lists;
const ordinary = (name: string) => readFileSync(join(benchmark, name), "utf8").trimEnd().split("\n");

describe("redaction", () => {
  it.each([
    "PASSWORD=x",
    "MYSQL_PWD=hunter2",
    "PGPASSWORD=hunter2",
    "DB_PASS=hunter2",
    "AWS_SECRET_ACCESS_KEY=abc/def",
    "GITHUB_TOKEN=abc",
    "OPENAI_API_KEY=abc",
    "my_api_key=multi\nline",
    "SSH_PRIVATE_KEY=abc",
    "LDAP_CREDENTIALS=abc",
  ])("hides the value of %s", (text) => {
    expect(variable(text)).toBe(`${text.slice(0, text.indexOf("="))}=${REDACTED}`);
  });

  it.each([
    "PATH=/usr/bin",
    "PWD=/home/alice",
    "OLDPWD=/tmp",
    "SSH_AUTH_SOCK=/run/agent",
    "KEYBOARD=de",
    "TOKENIZERS=x",
    "XDG_SESSION_ID=1",
    "COMPASS=north",
    "SLURM_JOB_ID=1",
    "PASSWORD_FILE=/run/secret",
    "no assignment",
  ])("leaves %s alone", (text) => {
    expect(variable(text)).toBe(text);
  });

  it("hides values of options, as the next argument or after an equals sign", () => {
    expect(args("curl", "--token", "abc", "--output", "x")).toEqual(["curl", "--token", REDACTED, "--output", "x"]);
    expect(args("x", "--password=abc")).toEqual(["x", `--password=${REDACTED}`]);
    expect(args("x", "--password", "--verbose")).toEqual(["x", "--password", "--verbose"]);
    expect(args("x", "--password-file", "/run/x")).toEqual(["x", "--password-file", "/run/x"]);
  });

  it("hides secrets that are known by their form, in any text", () => {
    const token = `ghp_${"a".repeat(36)}`;
    expect(args("git", "clone", `https://x:${token}@github.com/a/b`)[2]).toBe(`https://x:${REDACTED}@github.com/a/b`);
    expect(args("echo", `see ${token}!`)[1]).toBe(`see ${REDACTED}!`);
    expect(args("curl", "-H", "Authorization: Bearer abc.def")[2]).toBe(`Authorization: Bearer ${REDACTED}`);
    expect(variable("URL=postgres://me:pw@host/db")).toBe(`URL=postgres://me:${REDACTED}@host/db`);
    expect(variable("X=-----BEGIN RSA PRIVATE KEY-----\nabc\n")).toBe(`X=${REDACTED}`);
  });

  it("hides secrets in a command line that is one text", () => {
    expect(line("mysql --password=abc --host x")).toBe(`mysql --password=${REDACTED} --host x`);
    expect(line("tool --token abc def")).toBe(`tool --token ${REDACTED} def`);
    expect(line("env API_KEY=abc run")).toBe(`env API_KEY=${REDACTED} run`);
    expect(line("ls -l /home/passage")).toBe("ls -l /home/passage");
  });

  it("returns the same message object when there is nothing to hide", () => {
    const message = processStart();
    expect(redactor.redact(message)).toBe(message);
  });

  it("takes linear time for hostile texts", () => {
    const started = performance.now();
    const repeated = [
      "pass",
      "-",
      "https://a:",
      "key ",
      "key:",
      "password:env:",
      "eyJ-",
      "eyJ.",
      "%3A",
      'sh -c "',
      "key='",
    ];
    const more = ["://", "-----BEGIN PRIVATE KEY", "mysql -p", ",=key", '\\"key\\":\\"', "identified by 'a", "a' b' "];
    for (const part of [...repeated, ...more]) {
      const text = part.repeat(60_000 / part.length);
      redactor.redact(processStart({ environment: [text, `SECRET_URL=${text}`], workingDirectory: text }));
      redactor.redact(processStart({ arguments: [text, "sh", "-c", text], commandLine: text }));
    }
    // Not a measurement: quadratic behaviour would take minutes.
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  it("adds the rules of a site to the built-in ones", () => {
    const own = new Redactor({ names: ["SITE_*"], patterns: [/project-\d+/gs] });
    const hidden = own.redact(
      processStart({ environment: ["SITE_PATH=1", "A=project-42", "TOKEN=abc"], arguments: ["x"] }),
    );
    expect(hidden.environment).toEqual([`SITE_PATH=${REDACTED}`, `A=${REDACTED}`, `TOKEN=${REDACTED}`]);
  });

  it.each([
    ["every text of a start record", "job", "user", "host", "workingDirectory", "libraryPath", "preload", "container"],
  ] as const)("covers %s", (_, ...fields) => {
    const text = "/x?password=hunter2";
    const message = processStart({
      ...(Object.fromEntries(fields.map((field) => [field, text])) as Partial<ProcessStart>),
      modules: [text],
      program: object(text),
      objects: [{ ...object(text), soname: text }],
      placement: { ...processStart().placement, node: text },
    });
    const clean = redactor.redact(message);
    expect(inspect(clean, { depth: null })).not.toContain("hunter2");
    expect(clean.objects[0]?.path).toBe(`/x?password=${REDACTED}`);
    expect(redactor.redact(message).objects).toBe(clean.objects);
  });

  it("covers objects of an end record and names of jobs", () => {
    const end = redactor.redact(
      processEnd("7f8a3a4e-0f0e-4b0b-8a55-5d0c1a2b3c4d", { objects: [object("/x/token=abc")] }),
    );
    expect(end.objects[0]?.path).toBe(`/x/token=${REDACTED}`);
    const time = processStart().time;
    expect(redactor.redact({ type: "job-start", job: "password=abc", time }).job).toBe(`password=${REDACTED}`);
  });

  it("happens before anything is stored, and after files are found by the paths as reported", async () => {
    const collector = await startCollector(join(folder, "data"));
    const directory = join(folder, "run?password=verysecret");
    mkdirSync(directory);
    copyFileSync("/bin/true", join(directory, "true"));
    const program = object(join(directory, "true"));
    const message = processStart({
      job: "r",
      environment: ["TOKEN=verysecret"],
      arguments: ["a"],
      program,
      objects: [],
    });
    await collector.send(encodeMessage(message));
    await collector.waitForFrames(1);
    const [stored] = (await collector.json("/api/v1/jobs/r")).processes;
    expect(stored.environment).toEqual([`TOKEN=${REDACTED}`]);
    expect(JSON.stringify(stored)).not.toContain("verysecret");
    expect(stored.program.path).toContain(REDACTED);
    expect(stored.program.verdict).not.toBe("missing");
  });
});

/** Secrets where the manuals of programs and services place them; the benchmark prints the shares. */
describe("secrets of the manuals", () => {
  const secrets = VALUES.map((secret) => [secret]);

  it.each(secrets)("are found in variables (%s)", (secret) => {
    const clean = redactor.redact(
      processStart({ environment: ENVIRONMENT.map((text) => text.replaceAll("§", secret)) }),
    );
    expect(clean.environment.filter((text) => text.includes(secret.slice(-4)))).toEqual([]);
  });

  it.each(secrets)("are found in arguments and in command lines that are one text (%s)", (secret) => {
    const lists = COMMANDS.map((text) => argumentsOf(text).map((word) => word.replaceAll("§", secret)));
    const shown = lists.flatMap((list) => [args(...list).join(" "), line(list.join(" "))]);
    expect(shown.filter((text) => text?.includes(secret.slice(-4)))).toEqual([]);
  });

  it.each([
    ["curl -sSu me:hunter2 https://h", `curl -sSu me:${REDACTED} https://h`],
    ["mysql -uroot -phunter2 db", `mysql -uroot -p${REDACTED} db`],
    ["mysql --password shop", "mysql --password shop"],
    ["sudo -u x sshpass -p hunter2 ssh -p 22 h", `sudo -u x sshpass -p ${REDACTED} ssh -p 22 h`],
    ["docker run -p 8080:80 x", "docker run -p 8080:80 x"],
    ["docker login -u x -p hunter2", `docker login -u x -p ${REDACTED}`],
    ["tool --token $TOKEN --key-file k", "tool --token $TOKEN --key-file k"],
    ["srun --export=ALL,TOKEN=abc,X=1 ./a", `srun --export=ALL,TOKEN=${REDACTED},X=1 ./a`],
    ["openssl rsa -passin env:PW -passout pass:abc", `openssl rsa -passin env:PW -passout pass:${REDACTED}`],
    ['run --json {"user":"u","password":"a","n":1}', `run --json {"user":"u","password":"${REDACTED}","n":1}`],
    ["get https://h/x?api_key=abc&page=2", `get https://h/x?api_key=${REDACTED}&page=2`],
  ])("keep the text around them: %s", (given, expected) => {
    expect(line(given)).toBe(expected);
  });

  it("are found where a script prints them for another program", () => {
    const script = args("sh", "-c", "echo 'hunter2' | sudo -S ls; echo 'a b' | cat; echo \"u:hunter2\" | chpasswd")[2];
    expect(script).toBe(`echo '${REDACTED}' | sudo -S ls; echo 'a b' | cat; echo "u:${REDACTED}" | chpasswd`);
  });

  it("are found in variables that hold a command line", () => {
    expect(variable("RSYNC_RSH=sshpass -p hunter2 ssh -q")).toBe(`RSYNC_RSH=sshpass -p ${REDACTED} ssh -q`);
    expect(variable("BASH_FUNC_f%%=() {  mysql -phunter2 d; }")).toBe(`BASH_FUNC_f%%=() {  mysql -p${REDACTED} d; }`);
  });

  it("are found as a whole in a command line that lost its quotes", () => {
    expect(line("sshpass -p hun;ter|2(x ssh h")).toBe(`sshpass -p ${REDACTED} ssh h`);
  });

  it("are found in scripts within scripts", () => {
    const script = args("bash", "-lc", "ssh h 'mysql -phunter2 -e x' && PGPASSWORD=hunter2 psql -h \"$HOST\"")[2];
    expect(script).toBe(`ssh h 'mysql -p${REDACTED} -e x' && PGPASSWORD=${REDACTED} psql -h "$HOST"`);
  });
});

describe("what is not a secret", () => {
  it("stays as it is: variables of a job", () => {
    const environment = ordinary("environment.txt");
    expect(redactor.redact(processStart({ environment })).environment).toEqual(environment);
  });

  it("stays as it is: arguments of a Slurm workload", () => {
    const lists = ordinary("slurm-workload.txt").map((text) => text.split(" "));
    expect(lists.map((list) => args(...list))).toEqual(lists);
  });

  it("stays as it is: arguments with words of secrets", () => {
    const lists = ordinary("commands.txt").map(argumentsOf);
    expect(lists.map((list) => args(...list))).toEqual(lists);
  });

  it("stays as it is: what a shell puts a secret in for", () => {
    expect(line("curl -u $USER:$TOKEN -H x https://h")).toBe("curl -u $USER:$TOKEN -H x https://h");
  });
});
