// Runs in a container that systemd has booted, as `systemd-driver.mjs DIRECTORY`. It uses the installed unit as an
// administrator would, sends the frames DIRECTORY/*.frame, and writes its observations to DIRECTORY/seen.json.
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const directory = process.argv[2];
const seen = {};
const systemctl = (...args) => execFileSync("systemctl", args, { encoding: "utf8" }).trim();
const show = (property) => systemctl("show", "ogrt-collector", "--property", property, "--value");
const journal = () =>
  execFileSync("journalctl", ["--unit", "ogrt-collector", "--output", "cat", "--no-pager"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
const journalText = () => execFileSync("journalctl", ["--no-pager", "--output", "cat"], { encoding: "utf8" });
const get = async (path) => {
  const token = readFileSync("/var/lib/ogrt/token", "utf8").trim();
  const response = await fetch(`http://127.0.0.1:7972${path}`, { headers: { authorization: `Bearer ${token}` } });
  return response.json();
};
async function until(event, test) {
  for (let tries = 0; tries < 300; tries++) {
    const value = await Promise.resolve()
      .then(test)
      .catch(() => undefined);
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`timed out waiting for ${event}`);
}

try {
  systemctl("start", "ogrt-collector");
  await until("ready", async () => (await get("/readyz")).status === "ready");
  const pid = show("MainPID");
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(status)?.[1];
  await until("the addresses in the journal", () => journal().find(({ event }) => event === "started"));
  seen.loginCodes = journalText().match(/code=/g)?.length ?? 0;
  seen.user = execFileSync("id", ["-un", field("Uid").split("\t")[0]], { encoding: "utf8" }).trim();
  seen.capabilities = field("CapEff");
  seen.noNewPrivileges = field("NoNewPrivs");
  seen.seccomp = field("Seccomp");
  seen.dataMode = (statSync("/var/lib/ogrt").mode & 0o777).toString(8);
  seen.socketMode = (statSync("/run/ogrt/collector.sock").mode & 0o777).toString(8);

  const socket = createSocket("udp4");
  for (const file of readdirSync(directory).filter((name) => name.endsWith(".frame"))) {
    socket.send(readFileSync(join(directory, file)), 7971, "127.0.0.1");
  }
  seen.processes = await until("the records", async () => {
    const { processes } = await get("/api/v1/processes");
    return processes.length === 3 && processes.map(({ program }) => [program.path, program.verdict]);
  });
  socket.close();

  appendFileSync("/etc/ogrt/collector.toml", '\n[log]\nlevel = "debug"\n');
  systemctl("reload", "ogrt-collector");
  await until("the reload", () => journal().find(({ event }) => event === "reloaded"));

  process.kill(Number(pid), "SIGKILL");
  await until("a restart", async () => show("MainPID") !== pid && (await get("/readyz")).status === "ready");
  seen.afterKill = (await get("/api/v1/processes")).processes.length;

  systemctl("stop", "ogrt-collector");
  seen.result = show("Result");
  seen.exit = show("ExecMainStatus");

  appendFileSync("/etc/ogrt/collector.toml", "\nnonsense = 1\n");
  systemctl("start", "ogrt-collector");
  await until("the refusal", () => show("ActiveState") === "failed");
  seen.refusal = show("ExecMainStatus");
  seen.restarts = show("NRestarts");
  seen.events = journal().map(({ event }) => event);
} catch (error) {
  seen.error = error.stack;
  seen.journal = execFileSync("journalctl", ["--no-pager", "--lines", "50"], { encoding: "utf8" });
} finally {
  writeFileSync(join(directory, "seen.json"), JSON.stringify(seen));
  systemctl("poweroff", "--force");
}
