import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { Agent, blindness, type End, type Heartbeat, type Start } from "../../native-agent/support/agent.js";
import { programs } from "../../native-agent/support/programs.js";
import { temporaryFolder } from "../../support/folder.js";
import { run } from "../../support/toolchain.js";

const blind = blindness();
if (blind !== undefined) console.warn(`skipped: storms before the agent: this machine lacks ${blind}`);

const PROCESSES = 20_000;
const folder = temporaryFolder();

/** What the proc connector tells meanwhile. */
async function witness(program: string) {
  const child = spawn(program, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const input = createInterface({ input: child.stdout });
  input.on("line", (line) => lines.push(line));
  await once(input, "line");
  return {
    async stop() {
      child.kill("SIGTERM");
      await once(input, "close");
      return lines;
    },
  };
}

describe.skipIf(blind !== undefined)("20,000 short processes at full speed", () => {
  it("are told of once each, with their ends, or are within the losses", async () => {
    const program = join(folder, "witness");
    run("gcc", "-O1", "-o", program, join(import.meta.dirname, "../../native-agent/programs/witness.c"));
    const vforks = programs(folder).vforks();
    const agent = await Agent.start();
    const connector = await witness(program);
    const storm = spawn(vforks, [`${PROCESSES}`], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    storm.stdout.on("data", (bytes) => {
      output += bytes;
    });
    await once(storm, "close");
    await agent.images(storm.pid ?? 0);
    const told = await connector.stop();
    const { lost } = (await agent.stop()) as Heartbeat;
    expect(Number(output)).toBe(PROCESSES);

    const starts = agent.lines.filter((line): line is Start => line.type === "start" && line.parentPid === storm.pid);
    const ends = new Map(agent.lines.filter((line): line is End => line.type === "end").map((end) => [end.id, end]));
    const count = (what: keyof typeof lost) => lost[what] ?? 0;
    const records = count("perfRecords") + count("events") + count("processes");
    console.info(`${starts.length} of ${PROCESSES} seen, ${JSON.stringify(lost)}; the witness: ${told.at(-1)}`);

    expect(starts.length).toBeLessThanOrEqual(PROCESSES);
    expect(PROCESSES).toBeLessThanOrEqual(starts.length + records);
    expect(new Set(starts.map(({ id }) => id)).size).toBe(starts.length);
    // Each has one end, and the exit state is only unknown where it was counted so.
    const statuses = starts.map(({ id }) => ends.get(id));
    expect(statuses.filter((end) => end === undefined)).toEqual([]);
    const unknown = statuses.filter((end) => end?.exit?.status !== 0).length;
    expect(unknown).toBeLessThanOrEqual(count("exitStates") + count("perfRecords") + count("taskstatsMessages"));

    // The witness has seen the same processes.
    const children = new Set<string>();
    for (const line of told) if (line.startsWith(`fork ${storm.pid} `)) children.add(line.split(" ")[2] ?? "");
    const executed = told.filter((line) => line.startsWith("exec ") && children.has(line.split(" ")[1] ?? ""));
    const missed = Number(told.at(-1)?.split(" ")[1]);
    expect(executed.length).toBeLessThanOrEqual(PROCESSES);
    if (missed === 0 && records === 0) expect(executed.length).toBe(starts.length);
  });

  it("are within the losses of an agent that was stopped meanwhile, which knows all processes again after", async () => {
    const vforks = programs(folder).vforks();
    const agent = await Agent.start();
    agent.child.kill("SIGSTOP");
    const storm = spawn(vforks, ["5000"], { stdio: "ignore" });
    await once(storm, "close");
    const survivor = spawn("/bin/sleep", ["3"], { stdio: "ignore" });
    agent.child.kill("SIGCONT");
    await once(survivor, "close");
    const [image] = await agent.images(survivor.pid ?? 0);
    const { lost } = (await agent.stop()) as Heartbeat;
    const starts = agent.lines.filter((line): line is Start => line.type === "start" && line.parentPid === storm.pid);
    const ends = new Map(agent.lines.filter((line): line is End => line.type === "end").map((end) => [end.id, end]));
    console.info(`${starts.length} of 5000 seen, ${JSON.stringify(lost)}`);
    const records = (lost["perfRecords"] ?? 0) + (lost["events"] ?? 0) + (lost["processes"] ?? 0);
    expect(lost["perfRecords"]).toBeGreaterThan(0);
    expect(starts.length).toBeLessThanOrEqual(5000);
    expect(5000).toBeLessThanOrEqual(starts.length + records);
    // What was lost is unknown; what is told is right.
    for (const { id } of starts) expect([undefined, null, { status: 0 }]).toContainEqual(ends.get(id)?.exit);
    expect(starts.filter(({ id }) => !ends.has(id))).toEqual([]);
    expect([image?.start.name, image?.end.exit]).toEqual(["sleep", { status: 0 }]);
  });
});
