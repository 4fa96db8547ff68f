import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { builtLibrary } from "../../native-preload/support/library.js";
import { parseFrame } from "../../native-preload/support/observe.js";
import { asStart } from "../../native-preload/support/schema.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const daemons: ChildProcess[] = [];
afterAll(async () => {
  for (const daemon of daemons.reverse()) {
    daemon.kill("SIGTERM");
    await Promise.race([once(daemon, "exit"), sleep(5000)]);
    daemon.kill("SIGKILL");
  }
});

/** A Slurm of one node on loopback ports, without systemd, database or cgroups. */
const configuration = (library: string, server: string): Record<string, string> => ({
  "slurm.conf": `ClusterName=trial
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${at("munge.sock")}
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
SlurmctldLogFile=${at("slurmctld.log")}
SlurmdLogFile=${at("slurmd.log")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerType=sched/backfill
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
TaskProlog=${at("taskprolog.sh")}
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=${hostname()} Default=YES MaxTime=INFINITE State=UP
`,
  "cgroup.conf": "CgroupAutomount=no\n",
  // As a site would: the file that we ship, with its two settings changed.
  "taskprolog.sh": readFileSync(join(root, "integrations/slurm/taskprolog.sh"), "utf8")
    .replace("/opt/ogrt/lib/libogrt.so", library)
    .replace("udp://127.0.0.1:7971", server),
});

it("the TaskProlog that we ship tracks batch scripts and steps on a Slurm of one node", async (context) => {
  const tools = ["munged", "slurmctld", "slurmd", "srun", "sbatch"];
  const missing = tools.find(
    (tool) => spawnSync(tool, ["--version"]).error !== undefined && spawnSync(tool, ["-V"]).error,
  );
  if (missing !== undefined || process.getuid?.() !== 0) {
    console.warn(`skipped: Slurm: ${missing === undefined ? "its daemons need root here" : `there is no ${missing}`}`);
    return context.skip();
  }
  const socket = createSocket("udp4");
  const received: Buffer[] = [];
  socket.on("message", (datagram) => received.push(datagram));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  try {
    for (const name of ["state", "spool"]) mkdirSync(at(name));
    const files = configuration(builtLibrary(), `udp://127.0.0.1:${socket.address().port}`);
    for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
    chmodSync(at("taskprolog.sh"), 0o755);
    chmodSync(folder, 0o755);
    writeFileSync(at("munge.key"), Buffer.alloc(64, 7), { mode: 0o400 });
    const { PATH } = process.env;
    const environment = { PATH, SLURM_CONF: at("slurm.conf"), USER: "root", HOME: folder };
    const daemon = (tool: string, ...args: string[]): void => {
      daemons.push(spawn(tool, args, { stdio: "ignore", env: environment }));
    };
    const munge = ["--force", "--foreground", `--key-file=${at("munge.key")}`, `--socket=${at("munge.sock")}`];
    const seeds = [`--pid-file=${at("munge.pid")}`, `--log-file=${at("munge.log")}`, `--seed-file=${at("munge.seed")}`];
    daemon("munged", ...munge, ...seeds);
    await sleep(1000);
    daemon("slurmctld", "-D");
    daemon("slurmd", "-D");
    const slurm = (tool: string, ...args: string[]): string =>
      execFileSync(tool, args, { env: environment, encoding: "utf8", cwd: folder, timeout: 60_000 });
    for (let wait = 0; ; wait++) {
      const state = spawnSync("sinfo", ["-h", "-o", "%T"], { env: environment, encoding: "utf8", timeout: 20_000 });
      if (state.stdout.trim() === "idle") break;
      if (wait === 60) {
        console.warn(`skipped: Slurm does not come up here: ${state.stdout}${state.stderr}`);
        return context.skip();
      }
      await sleep(1000);
    }

    writeFileSync(at("job.sh"), '#!/bin/sh\n/bin/true batch\nsrun -n 2 /bin/true step\nprintf %s "$LD_PRELOAD"\n');
    const id = slurm("sbatch", "--parsable", "-n", "2", "--wait", "-o", at("out"), at("job.sh")).trim();
    // Nested: the prolog runs again inside, and must name the library once all the same.
    expect(slurm("srun", "-n", "1", "/bin/sh", "-c", 'printf %s "$LD_PRELOAD"')).toBe(builtLibrary());
    expect(readFileSync(at("out"), "utf8")).toBe(builtLibrary());
    expect(slurm("srun", "-n", "1", "--export=ALL,OGRT_ACTIVE=0", "/bin/true", "silent")).toBe("");

    await sleep(500);
    const starts = received
      .map(parseFrame)
      .filter(({ type }) => type === 12)
      .map(({ payload }) => asStart(payload));
    const named = (name: string) =>
      starts.filter((start) => start.arguments.some((text: Buffer) => String(text) === name));
    const batch = named("batch");
    expect(batch.map((start) => [String(start.job_id), start.step_id, String(start.cluster)])).toEqual([
      [id, undefined, "trial"],
    ]);
    const steps = named("step").filter((start) => basename(String(start.binpath)) === "true");
    expect(steps.map((start) => [String(start.job_id), String(start.step_id), String(start.node_id)])).toEqual([
      [id, "0", "0"],
      [id, "0", "0"],
    ]);
    expect(steps.map((start) => String(start.rank)).sort()).toEqual(["0", "1"]);
    expect(named("silent")).toEqual([]);
  } finally {
    socket.close();
  }
});
