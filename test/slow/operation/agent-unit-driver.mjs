// Runs in a container that systemd has booted, as `agent-unit-driver.mjs DIRECTORY`. It uses the installed units as an
// administrator would, and writes its observations to DIRECTORY/seen.json.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const directory = process.argv[2];
const seen = {};
const systemctl = (...args) => execFileSync("systemctl", args, { encoding: "utf8" }).trim();
const show = (property) => systemctl("show", "ogrt-agent", "--property", property, "--value");
const get = async (path) => {
  const token = readFileSync("/var/lib/ogrt/token", "utf8").trim();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`http://127.0.0.1:7972${path}`, { headers, signal: AbortSignal.timeout(5000) });
  return response.json();
};
async function until(event, test) {
  for (let tries = 0; tries < 200; tries++) {
    const value = await Promise.resolve()
      .then(test)
      .catch(() => undefined);
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`timed out waiting for ${event}`);
}
const statusOf = (pid) => readFileSync(`/proc/${pid}/status`, "utf8");
const fields = (pid) => {
  const field = (name) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(statusOf(pid))?.[1];
  const user = execFileSync("id", ["-un", field("Uid").split("\t")[0]], { encoding: "utf8" }).trim();
  return { user, capabilities: field("CapEff"), noNewPrivileges: field("NoNewPrivs"), seccomp: field("Seccomp") };
};
/** Runs a program, and returns its process once its end is stored. */
async function ran(program, argument) {
  spawnSync(program, [argument]);
  return until(`${program} ${argument}`, async () => {
    const { processes } = await get(`/api/v1/affected/processes?limit=500&path=${program}`);
    const own = processes.find(({ arguments: list }) => list.includes(argument));
    if (own === undefined) return undefined;
    const { process } = await get(`/api/v1/process?uuid=${own.uuid}`);
    return process.end === null ? undefined : process;
  });
}

try {
  const line = execFileSync("ogrt-agent", ["--enrol", "/etc/ogrt/agent.token", "--node", "node1"], {
    encoding: "utf8",
  });
  writeFileSync("/etc/ogrt/nodes", line);
  writeFileSync("/etc/ogrt/agent.env", "OGRT_AGENT_OPTIONS=--collector unix:/run/ogrt/agents.sock --node node1\n");
  systemctl("start", "ogrt-collector");
  await until("the collector", async () => (await get("/readyz")).status === "ready");
  systemctl("start", "ogrt-agent");
  const pid = show("MainPID");
  const child = () => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  await until("the process that delivers", child);
  await until("a node", async () => (await get("/api/v1/coverage/nodes")).nodes?.length === 1);
  await until("filters", () => fields(pid).seccomp === "2" && fields(child()).capabilities === "0000000000000000");
  seen.hears = fields(pid);
  seen.delivers = fields(child());
  seen.stateMode = (statSync("/var/lib/ogrt-agent").mode & 0o777).toString(8);
  seen.node = (await get("/api/v1/coverage/nodes")).nodes[0];
  copyFileSync("/bin/true", "/tmp/program");
  seen.secret = await ran("/home/alice/secret", "first");
  seen.temporary = await ran("/tmp/program", "second");

  systemctl("stop", "ogrt-collector");
  spawnSync("/home/alice/secret", ["while-away"]);
  await sleep(3000);
  process.kill(Number(pid), "SIGKILL");
  await until("a restart", () => show("MainPID") !== pid && show("MainPID") !== "0");
  systemctl("start", "ogrt-collector");
  await until("what was spooled", async () => {
    const { processes } = await get("/api/v1/affected/processes?limit=500&path=/home/alice/secret");
    return processes.some(({ arguments: list }) => list.includes("while-away"));
  });

  systemctl("stop", "ogrt-agent");
  seen.result = show("Result");
  seen.exit = show("ExecMainStatus");
  rmSync("/etc/ogrt/agent.token");
  systemctl("start", "ogrt-agent");
  await until("the refusal", () => show("ActiveState") === "failed");
  seen.refusal = show("ExecMainStatus");
  seen.restarts = show("NRestarts");
} catch (error) {
  seen.error = error.stack;
} finally {
  seen.journal = execFileSync("journalctl", ["--no-pager", "--lines", "80"], { encoding: "utf8" });
  writeFileSync(join(directory, "seen.json"), JSON.stringify(seen));
  systemctl("poweroff", "--force");
}
