import type { VerifyFinding } from "../../verify/index.js";
import { encodeAmendment, encodeStreamed } from "../../wire/encode-stream.js";
import { type Naming, softwareOf } from "../frames/json.js";
import type { StreamedRecord } from "../frames/record.js";
import { reporterOf } from "./filter.js";
import { FrameChunks, type FrameRange } from "./frames.js";
import { streamedText } from "./text.js";

/** Encodings of the messages of the stream. */
export const SUBPROTOCOLS = ["ogrt.v1+json", "ogrt.v1+protobuf"] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/** Where the frames of all messages are made. */
const CHUNKS: { readonly [P in Subprotocol]: FrameChunks } = {
  "ogrt.v1+json": new FrameChunks("text"),
  "ogrt.v1+protobuf": new FrameChunks("binary"),
};

/** A message of the stream. It is encoded once for all subscribers, when the first of them needs an encoding. */
export class Rendered {
  readonly #record: StreamedRecord;
  readonly #naming: Naming;
  readonly #frames: { [P in Subprotocol]?: FrameRange } = {};

  constructor(record: StreamedRecord, naming: Naming) {
    this.#record = record;
    this.#naming = naming;
  }

  /** The message as a WebSocket frame. */
  frame(protocol: Subprotocol): FrameRange {
    const frame = this.#frames[protocol] ?? CHUNKS[protocol].add(...this.encode(protocol));
    this.#frames[protocol] = frame;
    return frame;
  }

  /** The message in two pieces. */
  encode(protocol: Subprotocol): readonly [head: string | Uint8Array, rest: Uint8Array | undefined] {
    return protocol === "ogrt.v1+json" ? streamedText(this.#record, this.#naming) : [this.#encodeProtobuf(), undefined];
  }

  #encodeProtobuf(): Uint8Array {
    const record = this.#record;
    const { receivedAt, conflicts } = record;
    const reporter = reporterOf(record);
    const named = (finding: VerifyFinding, signatures: readonly string[] = []) => ({
      ...finding,
      software: softwareOf(signatures, this.#naming),
    });
    const received = BigInt(receivedAt) * 1_000_000n;
    const objects = record.objects.map((finding, index) => named(finding, reporter.objects[index]?.signatures));
    if (record.kind === "start") {
      const { message, uuid, program, delivery } = record;
      const start = { ...message, uuid };
      return encodeStreamed({
        start,
        received,
        program: named(program, message.program.signatures),
        objects,
        conflicts,
        delivery,
      });
    }
    const { of, program } = record;
    const { uuid, part } = of;
    const own = of.program && program && named(program, of.program.signatures);
    return encodeAmendment({ uuid, part, received, program: own, objects, conflicts });
  }
}
