import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../support/tools.js";

const folder = join(root, "native-agent");

/** Builds the agent if it is not up to date. */
export function builtAgent(): string {
  execFileSync("make", ["-s", "-C", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "build/ogrt-agent");
}

/** Why the agent cannot see this host; tests that need it are skipped aloud. */
export function blindness(): string | undefined {
  if (process.getuid?.() !== 0) return "root, who may open the events of the kernel";
  const output = execFileSync("sh", ["-c", '"$1" --check --json || :', "sh", builtAgent()], { encoding: "utf8" });
  const { features } = JSON.parse(output) as { features: { name: string; need: string; present: boolean }[] };
  const missing = features.filter(({ need, present }) => need === "required" && !present);
  return missing.length === 0 ? undefined : missing.map(({ name }) => name).join(", ");
}

export interface AgentObject {
  path: string;
  device?: string;
  inode?: number;
  buildId: string | null;
  buildIdFrom?: string;
  signatures: string[] | null;
  unknown?: string;
}

export interface Start {
  type: "start";
  id: string;
  parent?: string;
  existed?: boolean;
  time: string;
  pid: number;
  parentPid: number;
  name: string;
  executable: string | null;
  arguments: string[] | null;
  directory: string | null;
  uid: number | null;
  effectiveUid: number | null;
  namespaces: Record<string, number | null> | null;
  ownRoot: boolean | null;
  innerPid?: number;
  job: Record<string, string> | null;
  objects: AgentObject[];
}

interface Forks {
  ended: number;
  running: number;
  killed: number;
  failed: number;
  unknown: number;
}

export interface End {
  type: "end";
  id: string;
  pid: number;
  by: "exit" | "exec" | "lost";
  exit?: { status?: number; signal?: number; coreDumped?: boolean } | null;
  usage?: { threads: number; userUs: number; systemUs: number; peakRssKb: number; isLowerBound?: boolean } | null;
  forks?: Forks;
  objects: AgentObject[];
}

export interface Heartbeat {
  type: "heartbeat" | "stop";
  processes: number;
  lost: Record<string, number>;
}

export type Line = Start | End | Heartbeat | { type: "agent" | "forks"; id?: string; forks?: Forks };

/** An agent that runs. */
export class Agent {
  readonly lines: Line[] = [];
  readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  private constructor(child: ChildProcess) {
    const { stdout } = child;
    this.child = child;
    if (stdout === null) throw new Error("no pipe");
    const input = createInterface({ input: stdout });
    input.on("line", (line) => this.lines.push(JSON.parse(line) as Line));
    this.closed = once(input, "close");
  }

  /** Resolves when the agent has listed the processes that exist, and hears all others. */
  static async start(...args: string[]): Promise<Agent> {
    const agent = new Agent(spawn(builtAgent(), ["--print", ...args], { stdio: ["ignore", "pipe", "inherit"] }));
    await agent.until(() => agent.lines.some(({ type }) => type === "start"), "the processes that exist");
    return agent;
  }

  /** Resolves once the condition holds. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`the agent has not shown ${what} after 60 s`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  starts = (pid: number): Start[] =>
    this.lines.filter((line): line is Start => line.type === "start" && line.pid === pid);
  ends = (pid: number): End[] => this.lines.filter((line): line is End => line.type === "end" && line.pid === pid);

  /** The images of a process that has ended, each with its end, in the order of their execs. */
  async images(pid: number): Promise<{ start: Start; end: End }[]> {
    await this.until(() => this.ends(pid).some(({ by }) => by !== "exec"), `the end of process ${pid}`);
    const starts = this.starts(pid).sort((a, b) => (a.time < b.time ? -1 : 1));
    return starts.map((start) => {
      const ends = this.ends(pid).filter(({ id }) => id === start.id);
      const [end] = ends;
      if (end === undefined || ends.length > 1) throw new Error(`${start.name} has ${ends.length} ends`);
      return { start, end };
    });
  }

  /** Ends the agent, and returns its last line. */
  async stop(): Promise<Heartbeat> {
    this.child.kill("SIGTERM");
    await this.closed;
    const last = this.lines.at(-1);
    if (last?.type !== "stop") throw new Error("the agent has not ended well");
    return last as Heartbeat;
  }
}
