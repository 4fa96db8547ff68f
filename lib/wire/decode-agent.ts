import { uuidText } from "../shared/hex.js";
import { bytesToText } from "../text/escape.js";
import type { AgentHeartbeat, AgentHello, AgentMessage, AgentRecord, Attested, Forks } from "./agent-messages.js";
import { type Frame, MESSAGE_TYPE, type Violation } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { type Integer64, integer } from "./integers.js";

const UUID_BYTES = 16;
/** Names, versions, tokens and reasons. */
const MAX_TEXT_BYTES = 1024;
const MAX_CGROUP_BYTES = 4096;
const MAX_FEATURES = 64;
const MAX_LOSS_REASONS = 64;
/** Sequences are numbers that JavaScript and the store hold exactly. */
const MAX_SEQUENCE = 2n ** 53n - 1n;
/** Of objects; an agent begins again with 0 before that. */
export const MAX_AGENT_OBJECTS = 4096;

const OBSERVED_BY = { 1: "kernel", 2: "preload", 3: "both" } as const;
const ENDED_BY = { 1: "exit", 2: "exec", 3: "lost" } as const;

/** The message in a frame of an agent, or of a collector that answers one; or why the frame is rejected. */
export function decodeAgentMessage({ type, payload }: Frame): AgentMessage | Violation {
  try {
    switch (type) {
      case MESSAGE_TYPE.agentHello:
        return hello(ogrt.AgentHello.decode(payload));
      case MESSAGE_TYPE.agentWelcome: {
        const { version, refused } = ogrt.AgentWelcome.decode(payload);
        return { type: "agent-welcome", version, refused: refused.length > 0 ? text(refused) : undefined };
      }
      case MESSAGE_TYPE.agentObjects: {
        const { number, start_fields: startFields } = ogrt.AgentObjects.decode(payload);
        if (number >= MAX_AGENT_OBJECTS) return "too-many-elements";
        return { type: "agent-objects", number, startFields };
      }
      case MESSAGE_TYPE.agentRecord:
        return record(payload);
      case MESSAGE_TYPE.agentAcknowledgement:
        return {
          type: "agent-acknowledgement",
          sequence: sequence(ogrt.AgentAcknowledgement.decode(payload).sequence),
        };
      case MESSAGE_TYPE.agentHeartbeat:
        return heartbeat(ogrt.AgentHeartbeat.decode(payload));
      default:
        return "unknown-type";
    }
  } catch (error) {
    if (error instanceof TooLong) return "too-long";
    // protobufjs throws RangeError, ProtocolError and Error, all about the bytes.
    return "malformed-payload";
  }
}

function hello(raw: ogrt.AgentHello): AgentHello | Violation {
  const { version, node, token, epoch, run, features } = raw;
  if (epoch.length !== UUID_BYTES || run.length !== UUID_BYTES || node.length === 0) return "malformed-payload";
  if (features.length > MAX_FEATURES) return "too-many-elements";
  return {
    type: "agent-hello",
    version,
    node: text(node),
    token: text(token),
    epoch: uuidText(epoch),
    run: uuidText(run),
    first: sequence(raw.first),
    agentVersion: text(raw.agent_version),
    kernel: text(raw.kernel),
    features: features.map((feature) => text(feature)),
  };
}

function record(payload: Uint8Array): AgentRecord | Violation {
  const raw = ogrt.AgentRecord.decode(payload);
  const observedBy = OBSERVED_BY[raw.observed_by];
  const isStart = Object.hasOwn(raw, "start");
  if (observedBy === undefined || isStart === Object.hasOwn(raw, "end")) return "malformed-payload";
  const hasObjects = Object.hasOwn(raw, "objects");
  if (hasObjects && !isStart) return "malformed-payload";
  return {
    type: "agent-record",
    sequence: sequence(raw.sequence),
    objects: hasObjects ? raw.objects : undefined,
    message: isStart
      ? { type: MESSAGE_TYPE.processStart, payload: raw.start }
      : { type: MESSAGE_TYPE.processEnd, payload: raw.end },
    observedBy,
    attested: raw.attested ? attested(raw.attested as ogrt.Attested) : undefined,
  };
}

function attested(raw: ogrt.Attested): Attested {
  /** The value of a field that was sent. */
  const sent = <K extends keyof ogrt.Attested, T>(key: K, map: (value: ogrt.Attested[K]) => T): T | undefined =>
    Object.hasOwn(raw, key) ? map(raw[key]) : undefined;
  const same = <T>(value: T) => value;
  return {
    uid: sent("uid", same),
    gid: sent("gid", same),
    pid: sent("pid", same),
    pidNamespace: sent("pid_namespace", unsigned),
    innerPid: sent("inner_pid", same),
    cgroup: sent("cgroup", (bytes) => text(bytes, MAX_CGROUP_BYTES)),
    existed: sent("existed", same),
    endedBy: sent("ended_by", (value) => ENDED_BY[value]),
    exitStatus: sent("exit_status", same),
    exitSignal: sent("exit_signal", same),
    coreDumped: sent("core_dumped", same),
    usage: sent("threads", (threads) => ({
      userTime: amount(raw.user_us),
      systemTime: amount(raw.system_us),
      maxResident: amount(raw.peak_rss_kb),
      readBytes: amount(raw.read_bytes),
      writtenBytes: amount(raw.written_bytes),
      threads,
      isLowerBound: raw.is_lower_bound,
    })),
    forks: sent("forks", (value) => forks(value as ogrt.Forks)),
  };
}

const forks = (raw: ogrt.Forks): Forks => ({
  ended: amount(raw.ended),
  killed: amount(raw.killed),
  failed: amount(raw.failed),
  userTime: amount(raw.user_us),
  systemTime: amount(raw.system_us),
});

function heartbeat(raw: ogrt.AgentHeartbeat): AgentHeartbeat | Violation {
  if (raw.lost.length > MAX_LOSS_REASONS) return "too-many-elements";
  return {
    type: "agent-heartbeat",
    runningSeconds: amount(raw.running_s),
    records: amount(raw.records),
    spooledRecords: amount(raw.spooled_records),
    spooledBytes: amount(raw.spooled_bytes),
    lost: Object.fromEntries(
      raw.lost.map(({ reason, count }) => [text(reason as Uint8Array), amount(count as Integer64)]),
    ),
  };
}

class TooLong extends Error {}

function text(bytes: Uint8Array, limit = MAX_TEXT_BYTES): string {
  if (bytes.length > limit) throw new TooLong();
  return bytesToText(bytes);
}

const unsigned = (value: Integer64): bigint => BigInt.asUintN(64, integer(value));

/** A number that the store keeps with a sign. */
function amount(value: Integer64): bigint {
  const number = unsigned(value);
  if (number > 2n ** 63n - 1n) throw new RangeError("over 63 bits");
  return number;
}

function sequence(value: Integer64): bigint {
  const number = unsigned(value);
  if (number < 0n || number > MAX_SEQUENCE) throw new RangeError("not a sequence");
  return number;
}
