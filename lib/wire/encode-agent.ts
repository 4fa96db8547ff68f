import { textToBytes } from "../text/escape.js";
import type { AgentMessage, AgentRecord, Attested } from "./agent-messages.js";
import { uuidBytes } from "./encode.js";
import { encodeFrame, MESSAGE_TYPE } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { long } from "./integers.js";
import { START } from "./layouts.js";

/** A message between agent and collector as a frame. */
export function encodeAgentMessage(message: AgentMessage): Uint8Array {
  switch (message.type) {
    case "agent-hello": {
      const { version, node, token, epoch, run, first, agentVersion, kernel, features } = message;
      const fields = {
        version,
        node: textToBytes(node),
        token: textToBytes(token),
        epoch: uuidBytes(epoch),
        run: uuidBytes(run),
        first: long(first),
        agent_version: textToBytes(agentVersion),
        kernel: textToBytes(kernel),
        features: features.map(textToBytes),
      };
      return encodeFrame(MESSAGE_TYPE.agentHello, ogrt.AgentHello.encode(fields).finish());
    }
    case "agent-welcome": {
      const { version, refused } = message;
      const fields = { version, ...(refused !== undefined && { refused: textToBytes(refused) }) };
      return encodeFrame(MESSAGE_TYPE.agentWelcome, ogrt.AgentWelcome.encode(fields).finish());
    }
    case "agent-objects": {
      const fields = { number: message.number, start_fields: message.startFields };
      return encodeFrame(MESSAGE_TYPE.agentObjects, ogrt.AgentObjects.encode(fields).finish());
    }
    case "agent-record":
      return encodeFrame(MESSAGE_TYPE.agentRecord, record(message));
    case "agent-acknowledgement": {
      const fields = { sequence: long(message.sequence) };
      return encodeFrame(MESSAGE_TYPE.agentAcknowledgement, ogrt.AgentAcknowledgement.encode(fields).finish());
    }
    case "agent-heartbeat": {
      const fields = {
        running_s: long(message.runningSeconds),
        records: long(message.records),
        spooled_records: long(message.spooledRecords),
        spooled_bytes: long(message.spooledBytes),
        lost: Object.entries(message.lost).map(([reason, count]) => ({
          reason: textToBytes(reason),
          count: long(count),
        })),
      };
      return encodeFrame(MESSAGE_TYPE.agentHeartbeat, ogrt.AgentHeartbeat.encode(fields).finish());
    }
  }
}

export const OBSERVED_BY = {
  kernel: ogrt.ObservedBy.KERNEL,
  preload: ogrt.ObservedBy.PRELOAD,
  both: ogrt.ObservedBy.BOTH,
} as const;
const ENDED_BY = {
  exit: ogrt.Attested.EndedBy.EXIT,
  exec: ogrt.Attested.EndedBy.EXEC,
  lost: ogrt.Attested.EndedBy.LOST,
} as const;

function record({ sequence, objects, message, observedBy, attested: known }: AgentRecord): Uint8Array {
  const isStart = message.type === MESSAGE_TYPE.processStart;
  return ogrt.AgentRecord.encode({
    sequence: long(sequence),
    ...(isStart ? { start: message.payload } : { end: message.payload }),
    ...(objects !== undefined && { objects }),
    observed_by: OBSERVED_BY[observedBy],
    ...(known !== undefined && { attested: attestedFields(known) }),
  }).finish();
}

export function attestedFields(known: Attested): ogrt.IAttested {
  const { usage, forks } = known;
  const fields = {
    uid: known.uid,
    gid: known.gid,
    pid: known.pid,
    pid_namespace: known.pidNamespace === undefined ? undefined : long(known.pidNamespace),
    inner_pid: known.innerPid,
    cgroup: known.cgroup === undefined ? undefined : textToBytes(known.cgroup),
    existed: known.existed,
    ended_by: known.endedBy && ENDED_BY[known.endedBy],
    exit_status: known.exitStatus,
    exit_signal: known.exitSignal,
    core_dumped: known.coreDumped,
    ...(usage && {
      user_us: long(usage.userTime),
      system_us: long(usage.systemTime),
      peak_rss_kb: long(usage.maxResident),
      read_bytes: long(usage.readBytes),
      written_bytes: long(usage.writtenBytes),
      threads: usage.threads,
      is_lower_bound: usage.isLowerBound,
    }),
    forks: forks && {
      ended: long(forks.ended),
      killed: long(forks.killed),
      failed: long(forks.failed),
      user_us: long(forks.userTime),
      system_us: long(forks.systemTime),
    },
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ogrt.IAttested;
}

/** The field of a process start that names its host. */
export function encodeHost(host: string): Uint8Array {
  const bytes = textToBytes(host);
  const length = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  const tag = START.host * 8 + 2;
  return Uint8Array.from([(tag & 0x7f) | 0x80, tag >>> 7, ...length, ...bytes]);
}
