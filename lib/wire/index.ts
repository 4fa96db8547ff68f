/** The OGRT wire protocol: frames and messages. Node only. */
export { MessageDecoder } from "./decode.js";
export { encodeMessage } from "./encode.js";
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
