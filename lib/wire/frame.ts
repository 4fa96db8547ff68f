/**
 * A frame is a 4-byte big-endian message type, a 4-byte big-endian payload length, and the payload. A UDP datagram holds
 * one frame; over TCP and in files frames follow each other.
 */

/** Bytes before the payload. */
export const FRAME_HEADER_SIZE = 8;
/** Default of `maxPayloadBytes`. */
export const DEFAULT_MAX_PAYLOAD_BYTES = 1024 * 1024;
/** Default port of collectors. */
export const DEFAULT_PORT = 7971;

/** Message types on the wire. 13 to 15 are reserved: the oldest clients used them. */
export const MESSAGE_TYPE = {
  jobStart: 10,
  jobEnd: 11,
  processStart: 12,
  processEnd: 16,
  agentHello: 20,
  agentWelcome: 21,
  agentObjects: 22,
  agentRecord: 23,
  agentAcknowledgement: 24,
  agentHeartbeat: 25,
} as const;

export interface Frame {
  /** Message type, which may be unknown. */
  type: number;
  payload: Uint8Array;
}

/**
 * Reasons to reject bytes. The collector counts rejected frames by reason:
 *
 * - `truncated`: fewer bytes than the frame header announces, or than a frame header has
 * - `length-mismatch`: more bytes in the datagram than the frame header announces
 * - `too-large`: a payload length above the limit
 * - `unknown-type`: a message type that this version does not know
 * - `malformed-payload`: the payload is not a valid message of its type, or a required field is missing or impossible
 * - `too-many-elements`: the lists of the message have more elements than any real process
 * - `too-long`: a path or name in the message is longer than Linux allows
 */
export const VIOLATIONS = [
  "truncated",
  "length-mismatch",
  "too-large",
  "unknown-type",
  "malformed-payload",
  "too-many-elements",
  "too-long",
] as const;
export type Violation = (typeof VIOLATIONS)[number];

export interface FrameOptions {
  /** Largest accepted payload in bytes; default 1 MiB. */
  maxPayloadBytes?: number;
}

/** A frame around a payload. */
export function encodeFrame(type: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_SIZE + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type);
  view.setUint32(4, payload.length);
  bytes.set(payload, FRAME_HEADER_SIZE);
  return bytes;
}

/** The frame in a datagram, its payload a view of the datagram; or why there is none. */
export function decodeDatagram(datagram: Uint8Array, options: FrameOptions = {}): Frame | Violation {
  if (datagram.length < FRAME_HEADER_SIZE) return "truncated";
  const view = new DataView(datagram.buffer, datagram.byteOffset, FRAME_HEADER_SIZE);
  const length = view.getUint32(4);
  if (length > (options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES)) return "too-large";
  if (datagram.length < FRAME_HEADER_SIZE + length) return "truncated";
  if (datagram.length > FRAME_HEADER_SIZE + length) return "length-mismatch";
  return { type: view.getUint32(0), payload: datagram.subarray(FRAME_HEADER_SIZE) };
}
