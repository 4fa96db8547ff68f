import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { documentsOf, eventually, startWithOutputs } from "../../collector/outputs/support/outputs.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const hasRsyslog = spawnSync("rsyslogd", ["-v"]).status === 0;
let daemon: ChildProcess | undefined;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function startRsyslog(configuration: string): Promise<void> {
  const file = join(folder, "rsyslog.conf");
  writeFileSync(file, configuration);
  const check = spawnSync("rsyslogd", ["-N1", "-f", file], { encoding: "utf8" });
  if (check.status !== 0) throw new Error(check.stderr);
  daemon = spawn("rsyslogd", ["-n", "-f", file, "-i", join(folder, "rsyslog.pid")], { stdio: "ignore" });
  await sleep(500);
}

async function stopRsyslog(signal: NodeJS.Signals): Promise<void> {
  if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
  const exit = once(daemon, "exit");
  daemon.kill(signal);
  await exit;
}

afterEach(() => stopRsyslog("SIGKILL"));

const content = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const starts = (user: string, count: number) =>
  Array.from({ length: count }, () => encodeMessage(processStart({ job: "rs", user })));

describe.skipIf(!hasRsyslog)("rsyslog (needs rsyslogd)", () => {
  it("reads the structured data of messages over TCP, UDP and a unix socket", async () => {
    const port = await freePort();
    const written = join(folder, "syslog.jsonl");
    const socket = join(folder, "in.socket");
    await startRsyslog(`
      module(load="imtcp") module(load="imudp") module(load="imptcp") module(load="mmpstrucdata")
      template(name="line" type="list") {
        constant(value="{\\"facility\\":\\"") property(name="syslogfacility-text") constant(value="\\",\\"app\\":\\"")
        property(name="app-name") constant(value="\\",\\"id\\":\\"") property(name="msgid")
        constant(value="\\",\\"data\\":") property(name="$!rfc5424-sd") constant(value="}\\n")
      }
      ruleset(name="keep") { action(type="mmpstrucdata") action(type="omfile" file="${written}" template="line") }
      input(type="imtcp" port="${port}" address="127.0.0.1" ruleset="keep")
      input(type="imudp" port="${port}" address="127.0.0.1" ruleset="keep")
      input(type="imptcp" path="${socket}" ruleset="keep")
    `);
    const data = join(folder, "data-1");
    mkdirSync(folder, { recursive: true });
    const collector = await startWithOutputs(data, [
      { kind: "syslog", name: "tcp", enterprise: 32_473, address: `tcp://127.0.0.1:${port}` },
      { kind: "syslog", name: "udp", enterprise: 32_473, address: `udp://127.0.0.1:${port}` },
      { kind: "syslog", name: "unix", enterprise: 32_473, address: `unix://${socket}` },
    ]);
    const user = 'a"]\\zoë';
    await collector.send(...starts(user, 20));
    const lines = await eventually(
      () =>
        content(written)
          .split("\n")
          .filter((line) => line !== ""),
      ({ length }) => length >= 60,
    );
    const seen = lines.map((line) => JSON.parse(line));
    expect(seen[0]).toMatchObject({ facility: "local0", app: "ogrt", id: "process" });
    // The collector escapes a backslash in names by another.
    const users = new Set(seen.map(({ data: sd }) => sd["ogrt@32473"]?.user));
    expect([...users]).toEqual([user.replaceAll("\\", "\\\\")]);
    const sequences = seen.map(({ data: sd }) => Number(sd["ogrt@32473"].sequence));
    for (let sequence = 1; sequence <= 20; sequence++) {
      expect(sequences.filter((found) => found === sequence)).toHaveLength(3);
    }
    expect(await collector.stop()).toBe(0);
  });

  it("keeps year, zone and structured data with the settings of the documentation", async () => {
    const port = await freePort();
    const written = join(folder, "documented.log");
    const page = readFileSync(join(root, "docs/reference/outputs.md"), "utf8");
    const [, settings = ""] = /### rsyslog[\s\S]*?```text\n([\s\S]*?)```/.exec(page) ?? [];
    const here = settings
      .replace("/var/log/ogrt.log", written)
      .replace('port="601"', `port="${port}" address="127.0.0.1"`);
    expect(here).toContain(written);
    await startRsyslog(here);
    const output = { kind: "syslog", enterprise: 32_473, address: `tcp://127.0.0.1:${port}` };
    const collector = await startWithOutputs(join(folder, "data-3"), [output]);
    await collector.send(...starts("zoë", 1));
    const line = await eventually(
      () => content(written),
      (text) => text.endsWith("\n"),
    );
    const [process] = (await collector.json("/api/v1/processes")).processes;
    const { received } = (await collector.json(`/api/v1/process?uuid=${process.uuid}`)).process;
    const [, time = "", data] =
      /^<134>1 (\S+) \S+ ogrt - process (\[ogrt@32473 .*\]) ?process started\n$/.exec(line) ?? [];
    expect(time).toMatch(/\.\d{6}(?:Z|\+00:00)$/);
    expect(new Date(time).getTime()).toBe(Math.floor(Date.parse(received)));
    expect(data).toContain('user="zoë"');
    expect(data).toContain(`uuid="${process.uuid}"`);
    expect(await collector.stop()).toBe(0);
  });

  it("has every JSON line after restarts of rsyslog and a kill of the collector", async () => {
    const port = await freePort();
    const written = join(folder, "lines.jsonl");
    const configuration = `
      global(maxMessageSize="1m") module(load="imtcp")
      template(name="raw" type="string" string="%rawmsg%\\n")
      ruleset(name="keep") { action(type="omfile" file="${written}" template="raw") }
      input(type="imtcp" port="${port}" address="127.0.0.1" ruleset="keep")
    `;
    await startRsyslog(configuration);
    const data = join(folder, "data-2");
    const outputs = [{ kind: "json-lines", address: `tcp://127.0.0.1:${port}` }];
    const first = await startWithOutputs(data, outputs);
    await first.send(...starts("alice", 50));
    await first.waitForFrames(50);
    await stopRsyslog("SIGTERM");
    await first.send(...starts("alice", 50));
    await first.waitForFrames(100);
    await first.stop("SIGKILL");
    await startRsyslog(configuration);
    const second = await startWithOutputs(data, outputs);
    const sequences = () => [...new Set(documentsOf(content(written)).map(({ sequence }) => sequence))];
    await eventually(
      () => sequences().length,
      (count) => count === 100,
    );
    expect(sequences()).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    await second.stop();
  });
});
