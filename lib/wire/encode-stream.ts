import { textToBytes } from "../text/escape.js";
import type { Attested, ObservedBy } from "./agent-messages.js";
import { processStartFields, uuidBytes } from "./encode.js";
import { attestedFields, OBSERVED_BY } from "./encode-agent.js";
import { ogrt } from "./generated/ogrt.js";
import { long } from "./integers.js";
import type { ProcessStart } from "./messages.js";

/** Verdict and software of an object. */
interface StreamedFinding {
  readonly verdict: string;
  readonly reason: string | undefined;
  readonly compared: string | undefined;
  readonly onDisk: { readonly signatures: readonly string[]; readonly buildId: string | undefined } | undefined;
  readonly software: readonly string[];
}

/** A process with the findings about its objects. */
export interface StreamedRecord {
  readonly start: ProcessStart;
  /** Nanoseconds since the epoch. */
  readonly received: bigint;
  readonly program: StreamedFinding;
  readonly objects: readonly StreamedFinding[];
  readonly conflicts: readonly StreamedConflict[];
  /** Set when an agent delivered it. */
  readonly delivery?: StreamedDelivery | undefined;
}

interface StreamedDelivery {
  readonly agent: string;
  readonly observedBy: ObservedBy;
  readonly attested: Attested | undefined;
}

interface StreamedConflict {
  readonly signature: string;
  readonly fileName: string;
  readonly buildIds: readonly string[];
}

/** Findings that came after their process. */
export interface StreamedAmendment {
  readonly uuid: string;
  readonly part: number;
  /** Nanoseconds since the epoch. */
  readonly received: bigint;
  readonly program: StreamedFinding | undefined;
  readonly objects: readonly StreamedFinding[];
  readonly conflicts: readonly StreamedConflict[];
}

/** A message of the live stream's subprotocol `ogrt.v1+protobuf`. */
export function encodeStreamed(record: StreamedRecord): Uint8Array {
  const { start, received, program, objects, conflicts, delivery } = record;
  return ogrt.StreamMessage.encode({
    process: {
      start: processStartFields(start),
      received_ns: long(received),
      program: finding(program),
      objects: objects.map(finding),
      conflicts: conflicts.map(conflict),
      ...(delivery && {
        agent: textToBytes(delivery.agent),
        observed_by: OBSERVED_BY[delivery.observedBy],
        ...(delivery.attested && { attested: attestedFields(delivery.attested) }),
      }),
    },
  }).finish();
}

/** The message of `ogrt.v1+protobuf` that brings verdicts which came later. */
export function encodeAmendment({ uuid, part, received, program, objects, conflicts }: StreamedAmendment): Uint8Array {
  return ogrt.StreamMessage.encode({
    amendment: {
      uuid: uuidBytes(uuid),
      part,
      received_ns: long(received),
      ...(program !== undefined && { program: finding(program) }),
      objects: objects.map(finding),
      conflicts: conflicts.map(conflict),
    },
  }).finish();
}

/** The message that tells a subscriber how many processes it has lost. */
export function encodeLost(count: number): Uint8Array {
  return ogrt.StreamMessage.encode({ lost: long(BigInt(count)) }).finish();
}

function finding({ verdict, reason, compared, onDisk, software }: StreamedFinding): ogrt.IFinding {
  return {
    verdict,
    ...(reason !== undefined && { reason }),
    ...(compared !== undefined && { compared }),
    ...(onDisk !== undefined && { disk_signatures: [...onDisk.signatures] }),
    ...(onDisk?.buildId !== undefined && { disk_build_id: bytes(onDisk.buildId) }),
    software: [...software],
  };
}

function conflict({ signature, fileName, buildIds }: StreamedConflict): ogrt.IConflict {
  return { signature, file_name: textToBytes(fileName), build_ids: buildIds.map(bytes) };
}

const bytes = (hex: string) => Buffer.from(hex, "hex");
