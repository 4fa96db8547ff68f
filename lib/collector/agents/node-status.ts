import type { AgentHeartbeat, AgentHello } from "../../wire/index.js";
import type { AgentRun } from "../frames/agent-run.js";

/** Nodes of a cluster, and those that were renamed. */
const MAX_NODES = 262_144;

/** When each node gave its last sign of life, and what it has lost. */
export class NodeStatus {
  /** The last run of each node. */
  readonly #runs = new Map<string, AgentRun>();
  readonly #changed = new Set<AgentRun>();

  /** @param known - runs in the store, oldest first. */
  constructor(known: readonly AgentRun[]) {
    for (const run of known) this.#runs.set(run.node, run);
  }

  /** The last run of each node. */
  get runs(): Iterable<AgentRun> {
    return this.#runs.values();
  }

  onHeartbeat(hello: AgentHello, heartbeat: AgentHeartbeat): void {
    const { node, run, agentVersion: version, kernel, features } = hello;
    const now = Date.now();
    const before = this.#runs.get(node);
    if (before === undefined && this.#runs.size >= MAX_NODES) return;
    const isSame = before?.run === run;
    // The clocks of nodes do not count.
    const began = isSame ? before.began : now - Number(heartbeat.runningSeconds) * 1000;
    const next: AgentRun = {
      ...{ node, run, version, kernel, features, began, lastSeen: now },
      records: Number(heartbeat.records),
      spooledRecords: Number(heartbeat.spooledRecords),
      spooledBytes: Number(heartbeat.spooledBytes),
      lost: Object.fromEntries(Object.entries(heartbeat.lost).map(([reason, count]) => [reason, Number(count)])),
    };
    if (isSame) this.#changed.delete(before);
    this.#runs.set(node, next);
    this.#changed.add(next);
  }

  /** What has changed since the last call. */
  takeChanged(): readonly AgentRun[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** After they could not be stored: those that did not change since are stored with the next ones. */
  putBack(runs: readonly AgentRun[]): void {
    for (const run of runs) if (this.#runs.get(run.node) === run) this.#changed.add(run);
  }
}
