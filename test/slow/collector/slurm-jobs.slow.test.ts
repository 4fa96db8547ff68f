import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { startSlurm } from "../../support/slurm.js";
import { root, toolPath } from "../../support/tools.js";

const folder = temporaryFolder();

it("prolog and epilog that we ship make a job known on a Slurm of one node", async (context) => {
  const collector = await startCollector(join(folder, "data"));
  // As a site would: the files that we ship, with their two settings changed.
  const script = (name: string) =>
    readFileSync(join(root, `integrations/slurm/${name}.sh`), "utf8")
      .replace("udp://127.0.0.1:7971", `udp://${collector.where.udp[0]}`)
      .replace("{OGRT_RUN:-/opt/ogrt/current/bin/ogrt-run}", `{OGRT_RUN:-${toolPath("ogrt-run")}}`);
  const slurm = await startSlurm(folder, {
    settings: ["PrologSlurmctld=DIR/prolog.sh", "EpilogSlurmctld=DIR/epilog.sh"],
    scripts: { "prolog.sh": script("prolog"), "epilog.sh": script("epilog") },
  });
  if (typeof slurm === "string") return context.skip(`Slurm: ${slurm}`);
  writeFileSync(join(folder, "job.sh"), "#!/bin/sh\nsleep 1\n");
  const id = slurm("sbatch", "--parsable", "--wait", "-o", "/dev/null", join(folder, "job.sh")).trim();
  // Sleeps first: while a tool of Slurm's runs, nothing here hears that a connection was closed.
  const events = async (job: number) => {
    do await sleep(200);
    while ((await collector.json(`/api/v1/jobs/${job}`)).events.length < 2);
    return (await collector.json(`/api/v1/jobs/${job}`)).events;
  };
  const [start, end] = await events(Number(id));
  expect([start.kind, end.kind]).toEqual(["start", "end"]);
  const { jobs: announced } = await collector.json("/api/v1/coverage/jobs");
  expect(announced).toMatchObject([{ job: id, cluster: "trial", processes: 0 }]);
  // Slurm's own record of the same job, in whole seconds: the prolog runs after its start, the epilog after its end.
  const job = slurm("scontrol", "show", "job", id);
  const time = (name: string) => Date.parse(new RegExp(`${name}=(\\S+)`).exec(job)?.[1] ?? "");
  expect(Date.parse(start.happened)).toBeGreaterThanOrEqual(time("SubmitTime"));
  expect(Date.parse(end.happened)).toBeGreaterThanOrEqual(time("EndTime"));
  expect(Date.parse(end.happened) - Date.parse(start.happened)).toBeGreaterThanOrEqual(1000);
  // Each task of an array is a job of its own.
  slurm("sbatch", "--wait", "--array=1-2", "-o", "/dev/null", join(folder, "job.sh"));
  for (const next of [1, 2]) expect(await events(Number(id) + next)).toHaveLength(2);
});
