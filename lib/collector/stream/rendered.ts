import type { VerifyFinding } from "../../verify/index.js";
import { encodeAmendment, encodeStreamed } from "../../wire/encode-stream.js";
import { type Naming, softwareOf } from "../frames/json.js";
import type { StreamedRecord } from "../frames/record.js";
import { reporterOf } from "./filter.js";
import { streamedText } from "./text.js";

/** Encodings of the messages of the stream. */
export const SUBPROTOCOLS = ["ogrt.v1+json", "ogrt.v1+protobuf"] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/** A message of the stream. It is encoded once for all subscribers, when the first of them needs an encoding. */
export class Rendered {
  readonly #record: StreamedRecord;
  readonly #naming: Naming;
  #json: readonly Uint8Array[] | undefined;
  #protobuf: readonly Uint8Array[] | undefined;

  constructor(record: StreamedRecord, naming: Naming) {
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
      const { message, uuid, program } = record;
      const start = { ...message, uuid };
      return encodeStreamed({
        start,
        received,
        program: named(program, message.program.signatures),
        objects,
        conflicts,
      });
    }
    const { of, program } = record;
    const { uuid, part } = of;
    const own = of.program && program && named(program, of.program.signatures);
    return encodeAmendment({ uuid, part, received, program: own, objects, conflicts });
  }
}
