import { ConflictDetector, type Reporter } from "../../verify/index.js";
import { BoundedMap } from "../../wire/bounded-map.js";
import {
  FRAME_HEADER_SIZE,
  type Frame,
  MessageDecoder,
  type Part,
  type ProcessEnd,
  type ProcessStart,
} from "../../wire/index.js";
import { type FrameBatch, framesOf } from "../ingest/batch.js";
import type { Ledger } from "../ledger.js";
import type { CollectedRecord } from "../record.js";
import type { Verifier } from "../verification/verifier.js";
import { DuplicateWindow } from "./duplicates.js";
import { uuidOfPayload } from "./identity.js";

/** Processes whose start is remembered for their end record, per generation. */
const REMEMBERED_STARTS = 100_000;

export interface PipelineOutputs {
  /** A record with its verdicts; `bytes` is what its frame cost in credit, to be given back when it is settled. */
  readonly record: (record: CollectedRecord, bytes: number) => void;
  /** Bytes of frames that need nothing more: refused or seen before. */
  readonly refund: (bytes: number) => void;
}

/** From frames to records: decoded, without repeats, with a verdict on every object. */
export class Pipeline {
  readonly #decoder = new MessageDecoder();
  readonly #duplicates = new DuplicateWindow();
  readonly #conflicts = new ConflictDetector();
  readonly #reporters = new BoundedMap<Reporter>(REMEMBERED_STARTS);
  readonly #verifier: Verifier;
  readonly #ledger: Ledger;
  readonly #outputs: PipelineOutputs;
  #verifying = 0;
  #idle: (() => void)[] = [];

  constructor(verifier: Verifier, ledger: Ledger, outputs: PipelineOutputs) {
    this.#verifier = verifier;
    this.#ledger = ledger;
    this.#outputs = outputs;
  }

  /** Frames that wait for verdicts. */
  get pending(): number {
    return this.#verifying;
  }

  /** Frames that a store already holds: their repeats are duplicates. */
  remember(uuid: string, kind: "start" | "end", part: number): void {
    this.#duplicates.add(uuid, kind, part);
  }

  accept(batch: FrameBatch): void {
    this.#ledger.received(batch.frames);
    let done = 0;
    for (const frame of framesOf(batch)) {
      if (!this.#take(frame, batch.receivedAt)) done += costOf(frame);
    }
    if (done > 0) this.#outputs.refund(done);
  }

  /** Resolves when nothing waits for verdicts. */
  async settled(): Promise<void> {
    if (this.#verifying > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** False when the frame is settled right here. */
  #take(frame: Frame, receivedAt: number): boolean {
    const message = this.#decoder.decode(frame);
    if (typeof message === "string") {
      this.#ledger.rejected(message);
      return false;
    }
    const bytes = costOf(frame);
    switch (message.type) {
      case "process-start": {
        const uuid = message.uuid ?? uuidOfPayload(frame.payload);
        if (this.#isRepeat(uuid, "start", message.part)) return false;
        this.#start(message, uuid, receivedAt, bytes);
        return true;
      }
      case "process-end":
        if (this.#isRepeat(message.uuid, "end", message.part)) return false;
        this.#end(message, receivedAt, bytes);
        return true;
      default:
        this.#outputs.record({ kind: "job", message, receivedAt }, bytes);
        return true;
    }
  }

  #isRepeat(uuid: string, kind: "start" | "end", part: Part | undefined): boolean {
    if (this.#duplicates.add(uuid, kind, part?.index ?? 0)) return false;
    this.#ledger.duplicate();
    return true;
  }

  #start(message: ProcessStart, uuid: string, receivedAt: number, bytes: number): void {
    const { nanoseconds, precision } = message.time;
    const reporter: Reporter = {
      host: message.host,
      startedBefore: nanoseconds + precision - 1n,
      firstSignatureOnly: message.firstSignatureOnly,
    };
    this.#reporters.set(uuid, reporter);
    this.#verifying++;
    // Together, so that the record goes on once, when all is known.
    const all = [message.program, ...message.objects];
    this.#verifier.verify(all, reporter, (findings) => {
      const conflicts = all.flatMap((object, index) => {
        const finding = findings[index];
        return finding === undefined ? [] : this.#conflicts.observe(object, finding);
      });
      const [program, ...objects] = findings;
      if (program === undefined) throw new Error("a program without a finding");
      this.#verified();
      this.#outputs.record({ kind: "start", message, uuid, receivedAt, program, objects, conflicts }, bytes);
    });
  }

  #end(message: ProcessEnd, receivedAt: number, bytes: number): void {
    // An end names no host: without its start, nobody knows whose files it means.
    const reporter = this.#reporters.get(message.uuid) ?? {
      host: undefined,
      startedBefore: message.startTime?.nanoseconds ?? 0n,
      firstSignatureOnly: false,
    };
    this.#verifying++;
    this.#verifier.verify(message.objects, reporter, (objects) => {
      this.#verified();
      this.#outputs.record({ kind: "end", message, receivedAt, objects }, bytes);
    });
  }

  #verified(): void {
    this.#verifying--;
    if (this.#verifying > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** What a frame cost in credit: its size on the wire. */
const costOf = (frame: Frame) => FRAME_HEADER_SIZE + frame.payload.length;
