/** The last sign of life of an agent, and what it has lost since it was started. */
export interface AgentRun {
  /** Name of the node as it was enrolled. */
  readonly node: string;
  /** UUID of the running agent. */
  readonly run: string;
  /** Start of the agent and its last heartbeat, in milliseconds since the epoch. */
  readonly began: number;
  readonly lastSeen: number;
  readonly version: string;
  readonly kernel: string;
  readonly features: readonly string[];
  readonly records: number;
  readonly spooledRecords: number;
  readonly spooledBytes: number;
  /** By reason. */
  readonly lost: Readonly<Record<string, number>>;
}

/** Agents send a heartbeat every ten seconds: after this time, in milliseconds, a node counts as silent. */
export const SILENT_AFTER_MS = 30_000;
