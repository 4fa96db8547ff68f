/**
 * Frames: a 4-byte big-endian message type, a 4-byte big-endian payload length, the payload. Over UDP one frame fills
 * one datagram; over TCP and in files frames follow each other.
 */

/** Bytes before the payload. */
export const FRAME_HEADER_SIZE = 8;
/** Largest payload that is taken unless the caller says otherwise. */
export const DEFAULT_MAX_PAYLOAD_BYTES = 1024 * 1024;
/** Default port of collectors. */
export const DEFAULT_PORT = 7971;

/** Message types on the wire. 13 to 15 were messages of the oldest clients that nobody sends any more. */
export const MESSAGE_TYPE = {
  jobStart: 10,
  jobEnd: 11,
  processStart: 12,
  processEnd: 16,
} as const;

export interface Frame {
  /** Message type, known or not. */
  type: number;
  payload: Uint8Array;
}

/**
 * Why bytes were refused. Every refusal is counted under one of these:
 *
 * - `truncated`: fewer bytes than the frame header announces (or than a frame header has)
 * - `length-mismatch`: more bytes in the datagram than the frame header announces
 * - `too-large`: a payload length above the limit
 * - `unknown-type`: a message type this version knows no meaning for
 * - `malformed-payload`: the payload is no valid message of its type, or a required field is missing or impossible
 * - `too-many-elements`: a list in the message has more elements than any process has
 * - `too-long`: a path or name in the message is longer than any that Linux has
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

/** The one frame of a datagram (its payload a view of it), or why it holds none. */
export function decodeDatagram(datagram: Uint8Array, options: FrameOptions = {}): Frame | Violation {
  if (datagram.length < FRAME_HEADER_SIZE) return "truncated";
  const view = new DataView(datagram.buffer, datagram.byteOffset, FRAME_HEADER_SIZE);
  const length = view.getUint32(4);
  if (length > (options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES)) return "too-large";
  if (datagram.length < FRAME_HEADER_SIZE + length) return "truncated";
  if (datagram.length > FRAME_HEADER_SIZE + length) return "length-mismatch";
  return { type: view.getUint32(0), payload: datagram.subarray(FRAME_HEADER_SIZE) };
}
