import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll } from "vitest";

/** Runs one of Slurm's tools and returns its output. */
type SlurmTool = (tool: string, ...args: string[]) => string;

/** Settings of slurm.conf and the scripts that they name. `DIR` stands for the folder. */
interface Site {
  readonly settings: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
}

const daemons: ChildProcess[] = [];
afterAll(async () => {
  for (const daemon of daemons.reverse()) {
    daemon.kill("SIGTERM");
    await Promise.race([once(daemon, "exit"), sleep(5000)]);
    daemon.kill("SIGKILL");
  }
});

/** Starts Slurm with one node on loopback ports, without systemd, database and cgroups. Returns the reason if it cannot. */
export async function startSlurm(folder: string, { settings, scripts }: Site): Promise<SlurmTool | string> {
  const at = (name: string) => join(folder, name);
  const tools = ["munged", "slurmctld", "slurmd", "srun", "sbatch"];
  const missing = tools.find(
    (tool) => spawnSync(tool, ["--version"]).error !== undefined && spawnSync(tool, ["-V"]).error,
  );
  if (missing !== undefined) return `${missing} is not installed`;
  if (process.getuid?.() !== 0) return "its daemons require root";

  for (const name of ["state", "spool"]) mkdirSync(at(name));
  writeFileSync(at("slurm.conf"), `${configuration(folder)}${settings.join("\n")}\n`.replaceAll("DIR", folder));
  writeFileSync(at("cgroup.conf"), "CgroupAutomount=no\n");
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(at(name), text);
    chmodSync(at(name), 0o755);
  }
  chmodSync(folder, 0o755);
  writeFileSync(at("munge.key"), Buffer.alloc(64, 7), { mode: 0o400 });
  const environment = { PATH: process.env["PATH"], SLURM_CONF: at("slurm.conf"), USER: "root", HOME: folder };
  const daemon = (tool: string, ...args: string[]): void => {
    daemons.push(spawn(tool, args, { stdio: "ignore", env: environment }));
  };
  const munge = ["--force", "--foreground", `--key-file=${at("munge.key")}`, `--socket=${at("munge.sock")}`];
  const seeds = [`--pid-file=${at("munge.pid")}`, `--log-file=${at("munge.log")}`, `--seed-file=${at("munge.seed")}`];
  daemon("munged", ...munge, ...seeds);
  await sleep(1000);
  daemon("slurmctld", "-D");
  daemon("slurmd", "-D");
  for (let wait = 0; ; wait++) {
    const state = spawnSync("sinfo", ["-h", "-o", "%T"], { env: environment, encoding: "utf8", timeout: 20_000 });
    if (state.stdout.trim() === "idle") break;
    if (wait === 60) return `it does not start: ${state.stdout}${state.stderr}`;
    await sleep(1000);
  }
  return (tool, ...args) =>
    execFileSync(tool, args, { env: environment, encoding: "utf8", cwd: folder, timeout: 60_000 });
}

const configuration = (folder: string): string => `ClusterName=trial
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.sock
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerType=sched/backfill
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=${hostname()} Default=YES MaxTime=INFINITE State=UP
`;
