/** The OGRT wire protocol: frames and messages. Node only. */
export {
  AGENT_PROTOCOL_VERSION,
  type AgentAcknowledgement,
  type AgentHeartbeat,
  type AgentHello,
  type AgentMessage,
  type AgentObjects,
  type AgentRecord,
  type AgentWelcome,
  type Attested,
  type AttestedUsage,
  type Forks,
  type ObservedBy,
} from "./agent-messages.js";
export { createProcessStart, type ObjectInput, type ProcessStartInput } from "./create.js";
export { MessageDecoder } from "./decode.js";
export { decodeAgentMessage, MAX_AGENT_OBJECTS } from "./decode-agent.js";
export { encodeMessage } from "./encode.js";
export { encodeAgentMessage, encodeHost } from "./encode-agent.js";
export {
  DEFAULT_MAX_PAYLOAD_BYTES,
  DEFAULT_PORT,
  decodeDatagram,
  encodeFrame,
  FRAME_HEADER_SIZE,
  type Frame,
  type FrameOptions,
  MESSAGE_TYPE,
  VIOLATIONS,
  type Violation,
} from "./frame.js";
export { FrameReader } from "./frame-reader.js";
export type {
  FileId,
  JobEvent,
  Message,
  ObjectReport,
  Omissions,
  Part,
  Placement,
  ProcessEnd,
  ProcessStart,
  ResourceUsage,
  RootDirectory,
} from "./messages.js";
export type { WireTime } from "./time.js";
