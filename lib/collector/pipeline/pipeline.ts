import { ConflictDetector, type Reporter, type VerifyFinding } from "../../verify/index.js";
import {
  FRAME_HEADER_SIZE,
  type Frame,
  MessageDecoder,
  type ObjectReport,
  type Part,
  type ProcessEnd,
  type ProcessStart,
} from "../../wire/index.js";
import { uuidOfJobEvent, uuidOfPayload } from "../frames/identity.js";
import type { FrameOrigin, InFlightFrame, InFlightFrames } from "../frames/in-flight.js";
import type { Ledger } from "../frames/ledger.js";
import type { CollectedRecord } from "../frames/record.js";
import type { Verifier } from "../verification/verifier.js";
import type { DuplicateWindow } from "./duplicates.js";
import type { Redactor } from "./redaction.js";
import { Starts } from "./starts.js";
import type { UserNames } from "./user-names.js";

export interface PipelineParts {
  /** This host as its processes report it. */
  readonly host: string;
  readonly verifier: Verifier;
  /** Changes when its rules do. */
  redactor: Redactor;
  readonly users: UserNames;
  readonly inFlightFrames: InFlightFrames;
  readonly ledger: Ledger;
  readonly duplicates: DuplicateWindow;
}

/** Takes a record with its verdicts, and completes its frame. */
type Output = (record: CollectedRecord, inFlight: InFlightFrame) => void;

/** From frames to records: decoded, without repeats, without secrets, with a verdict on every object. */
export class Pipeline {
  readonly #decoder = new MessageDecoder();
  readonly #conflicts = new ConflictDetector();
  readonly #starts: Starts;
  /** Programs as lists, always the same one for the same program: verdicts are remembered by list. */
  readonly #programLists = new WeakMap<ObjectReport, readonly ObjectReport[]>();
  readonly #parts: PipelineParts;
  readonly #output: Output;

  constructor(parts: PipelineParts, output: Output) {
    this.#parts = parts;
    this.#starts = new Starts(parts.host);
    this.#output = output;
  }

  /** From now on by other rules. */
  redactBy(redactor: Redactor): void {
    this.#parts.redactor = redactor;
  }

  /** Takes one frame. @param index - its number among those of its origin. */
  accept(frame: Frame, receivedAt: number, origin: FrameOrigin, index: number): void {
    const { ledger, inFlightFrames } = this.#parts;
    const inFlight = inFlightFrames.begin(origin, index, FRAME_HEADER_SIZE + frame.payload.length);
    ledger.addReceived();
    const message = this.#decoder.decode(frame);
    if (typeof message === "string") {
      ledger.addRejected(message);
      inFlightFrames.complete(inFlight, "kept");
      return;
    }
    switch (message.type) {
      case "process-start": {
        const uuid = message.uuid ?? uuidOfPayload(frame.payload);
        if (!this.#isDuplicate(uuid, "start", message.part, inFlight)) this.#start(message, uuid, receivedAt, inFlight);
        break;
      }
      case "process-end":
        if (!this.#isDuplicate(message.uuid, "end", message.part, inFlight)) this.#end(message, receivedAt, inFlight);
        break;
      default:
        if (
          !this.#isDuplicate(
            uuidOfJobEvent(message.type, message.job, message.time.nanoseconds),
            "start",
            undefined,
            inFlight,
          )
        ) {
          this.#output({ kind: "job", message, receivedAt }, inFlight);
        }
    }
  }

  #isDuplicate(uuid: string, kind: "start" | "end", part: Part | undefined, inFlight: InFlightFrame): boolean {
    if (this.#parts.duplicates.add(uuid, kind, part?.index ?? 0)) return false;
    this.#parts.ledger.addDuplicate();
    this.#parts.inFlightFrames.completeDuplicate(inFlight);
    return true;
  }

  #start(raw: ProcessStart, uuid: string, receivedAt: number, inFlight: InFlightFrame): void {
    const { verifier, redactor, users } = this.#parts;
    const message = redactor.redact(raw);
    const { nanoseconds, precision } = message.time;
    const reporter: Reporter = {
      host: message.host,
      inContainer: message.container !== undefined,
      startedBefore: nanoseconds + precision - 1n,
      firstSignatureOnly: message.firstSignatureOnly,
    };
    this.#starts.set(uuid, reporter);
    // The record goes on once, when all is known.
    let program: VerifyFinding | undefined;
    let objects: readonly VerifyFinding[] = [];
    let user = message.user;
    let open = 3;
    const known = () => {
      open--;
      if (open > 0 || program === undefined) return;
      const conflicts = this.#conflicts.observeAll(message.program, program, message.objects, objects);
      const named = user === message.user ? message : { ...message, user };
      this.#output({ kind: "start", message: named, uuid, receivedAt, program, objects, conflicts }, inFlight);
    };
    if (user === undefined && message.uid !== undefined) {
      users.resolve(message.uid, (name) => {
        user = name;
        known();
      });
    } else {
      known();
    }
    verifier.verify(this.#listOf(message.program), reporter, ([finding]) => {
      program = finding;
      known();
    });
    verifier.verify(message.objects, reporter, (findings) => {
      objects = findings;
      known();
    });
  }

  #listOf(program: ObjectReport): readonly ObjectReport[] {
    let list = this.#programLists.get(program);
    if (list === undefined) {
      list = [program];
      this.#programLists.set(program, list);
    }
    return list;
  }

  #end(message: ProcessEnd, receivedAt: number, inFlight: InFlightFrame): void {
    // An end names no host: without its start, nobody knows whose files it means.
    const reporter = this.#starts.get(message.uuid) ?? {
      host: undefined,
      startedBefore: message.startTime?.nanoseconds ?? 0n,
      firstSignatureOnly: false,
    };
    this.#parts.verifier.verify(message.objects, reporter, (objects) =>
      this.#output({ kind: "end", message, receivedAt, objects }, inFlight),
    );
  }
}
