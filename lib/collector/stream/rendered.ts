import type { VerifyFinding } from "../../verify/index.js";
import { encodeStreamed } from "../../wire/encode-stream.js";
import { type Naming, softwareOf } from "../frames/json.js";
import type { StartRecord } from "../frames/record.js";
import { streamedText } from "./text.js";

/** Encodings of the messages of the stream. */
export const SUBPROTOCOLS = ["ogrt.v1+json", "ogrt.v1+protobuf"] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/** A message of the stream. It is encoded once for all subscribers, when the first of them needs an encoding. */
export class Rendered {
  readonly #record: StartRecord;
  readonly #naming: Naming;
  #json: readonly Uint8Array[] | undefined;
  #protobuf: readonly Uint8Array[] | undefined;

  constructor(record: StartRecord, naming: Naming) {
    this.#record = record;
    this.#naming = naming;
  }

  /** The message in pieces, which the endpoint sends as fragments. */
  encode(protocol: Subprotocol): readonly Uint8Array[] {
    if (protocol === "ogrt.v1+json") {
      this.#json ??= streamedText(this.#record, this.#naming);
      return this.#json;
    }
    this.#protobuf ??= [this.#encodeProtobuf()];
    return this.#protobuf;
  }

  #encodeProtobuf(): Uint8Array {
    const { message, uuid, receivedAt, program, objects, conflicts } = this.#record;
    const named = (finding: VerifyFinding, signatures: readonly string[]) => ({
      ...finding,
      software: softwareOf(signatures, this.#naming),
    });
    return encodeStreamed({
      start: { ...message, uuid },
      received: BigInt(receivedAt) * 1_000_000n,
      program: named(program, message.program.signatures),
      objects: objects.map((finding, index) => named(finding, message.objects[index]?.signatures ?? [])),
      conflicts,
    });
  }
}
