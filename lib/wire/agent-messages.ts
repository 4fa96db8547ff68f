import type { Frame } from "./frame.js";

/* The messages between an agent and a collector (docs/reference/agent-protocol.md) as plain objects. */

/** Version of the protocol that both sides speak. */
export const AGENT_PROTOCOL_VERSION = 1;

/** First message of an agent on a connection. */
export interface AgentHello {
  readonly type: "agent-hello";
  readonly version: number;
  /** Name of the node as it was enrolled. */
  readonly node: string;
  readonly token: string;
  /** UUID of what numbers the records. */
  readonly epoch: string;
  /** UUID of the running agent. The epoch may be that of an earlier one, whose records are left. */
  readonly run: string;
  /** Sequence of the first record on this connection. */
  readonly first: bigint;
  readonly agentVersion: string;
  readonly kernel: string;
  readonly features: readonly string[];
}

export interface AgentWelcome {
  readonly type: "agent-welcome";
  readonly version: number;
  /** Why the collector closes the connection; undefined when the agent is welcome. */
  readonly refused: string | undefined;
}

/** Fields that many starts share, under a number. */
export interface AgentObjects {
  readonly type: "agent-objects";
  readonly number: number;
  /** Fields of ProcessStart, as on the wire. */
  readonly startFields: Uint8Array;
}

/** Which sources saw a process. */
export type ObservedBy = "kernel" | "preload" | "both";

/** Processes that were forked by an image and executed nothing. CPU times in microseconds. */
export interface Forks {
  readonly ended: bigint;
  readonly killed: bigint;
  readonly failed: bigint;
  readonly userTime: bigint;
  readonly systemTime: bigint;
}

/** What the kernel told the agent. Undefined is unknown. */
export interface Attested {
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  /** In the pid namespace of the agent. */
  readonly pid?: number | undefined;
  /** Inode of its pid namespace, where that is not the agent's, and its pid there. */
  readonly pidNamespace?: bigint | undefined;
  readonly innerPid?: number | undefined;
  readonly cgroup?: string | undefined;
  /** It ran before the agent did, or its exec was lost. */
  readonly existed?: boolean | undefined;
  /** Of ends, as what follows. `exec`: the process goes on as another image; `lost`: nobody saw its end. */
  readonly endedBy?: "exit" | "exec" | "lost" | undefined;
  readonly exitStatus?: number | undefined;
  readonly exitSignal?: number | undefined;
  readonly coreDumped?: boolean | undefined;
  readonly usage?: AttestedUsage | undefined;
  readonly forks?: Forks | undefined;
}

/** Of all threads of a process, since before its exec. */
export interface AttestedUsage {
  /** Microseconds. */
  readonly userTime: bigint;
  readonly systemTime: bigint;
  /** Kibibytes. */
  readonly maxResident: bigint;
  /** Bytes of storage. */
  readonly readBytes: bigint;
  readonly writtenBytes: bigint;
  readonly threads: number;
  /** Of some threads nothing is known. */
  readonly isLowerBound: boolean;
}

export interface AgentRecord {
  readonly type: "agent-record";
  readonly sequence: bigint;
  /** Number of the fields that belong to its message. */
  readonly objects: number | undefined;
  /** A process start without those fields, or a process end, as a frame of its own has it. */
  readonly message: Frame;
  readonly observedBy: ObservedBy;
  readonly attested: Attested | undefined;
}

/** All records up to a sequence are durable, or will never be. */
export interface AgentAcknowledgement {
  readonly type: "agent-acknowledgement";
  readonly sequence: bigint;
}

export interface AgentHeartbeat {
  readonly type: "agent-heartbeat";
  readonly runningSeconds: bigint;
  /** Records that the agent has numbered. */
  readonly records: bigint;
  readonly spooledRecords: bigint;
  readonly spooledBytes: bigint;
  /** Everything that was lost since its start, by reason. */
  readonly lost: Readonly<Record<string, bigint>>;
}

export type AgentMessage =
  | AgentHello
  | AgentWelcome
  | AgentObjects
  | AgentRecord
  | AgentAcknowledgement
  | AgentHeartbeat;
