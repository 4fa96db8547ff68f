import { ConflictDetector, type HostRoot, mountViewOf, type Reporter, type VerifyFinding } from "../../verify/index.js";
import { FRAME_HEADER_SIZE, MessageDecoder, type Part, type ProcessEnd, type ProcessStart } from "../../wire/index.js";
import { type Delivery, uuidOfDelivery } from "../frames/delivery.js";
import { uuidOfContent, uuidOfJobEvent } from "../frames/identity.js";
import type { InFlightFrame, InFlightFrames, QueuedFrame } from "../frames/in-flight.js";
import type { Ledger } from "../frames/ledger.js";
import type { CollectedRecord, StartRecord } from "../frames/record.js";
import type { Duplicates, FrameIdentity } from "./duplicates.js";
import { FrameQueue } from "./frame-queue.js";
import type { Redactor } from "./redaction/redactor.js";
import { claimedUser, NO_USER, requesterOf } from "./requester.js";
import { StartOrder } from "./start-order.js";
import { Starts } from "./starts.js";
import type { UserNames } from "./user-names.js";
import type { Verdicts } from "./verdicts.js";

export interface PipelineParts {
  /** This host as its processes report it. */
  readonly host: string;
  /** Root directory of this host. Without it, every process of this host is taken to see the host's files. */
  readonly root?: HostRoot | undefined;
  readonly verdicts: Verdicts;
  /** Replaced when its rules change. */
  redactor: Redactor;
  readonly users: UserNames;
  readonly inFlightFrames: InFlightFrames;
  readonly ledger: Ledger;
  readonly duplicates: Duplicates;
}

/** Memory of a record in process besides its texts and lists. */
const RECORD_BYTES = 2048;

/** Receives a finished record. The receiver completes its frame. */
type OnRecord = (record: CollectedRecord, inFlight: InFlightFrame) => void;

/**
 * Frames → records. In: frames of all senders. Out: decoded records without duplicates and secrets, with a verdict
 * on every object; verdicts that miss the deadline follow as amendments. Records leave in any order, since verdicts and
 * user names may take time, but an end leaves after its start (start-order.ts). Rejected frames and duplicates end here.
 */
export class Pipeline {
  readonly #decoder = new MessageDecoder();
  readonly #conflicts = new ConflictDetector();
  readonly #starts: Starts;
  readonly #order = new StartOrder();
  readonly #queue = new FrameQueue((frame) => this.#process(frame));
  readonly #parts: PipelineParts;
  readonly #onRecord: OnRecord;

  constructor(parts: PipelineParts, onRecord: OnRecord) {
    this.#parts = parts;
    parts.inFlightFrames.onRelease = ({ sender, memory }) => this.#queue.release(sender, memory);
    this.#starts = new Starts(parts.host);
    this.#onRecord = onRecord;
  }

  /** Replaces the redaction rules for frames that arrive from now on. */
  redactBy(redactor: Redactor): void {
    this.#parts.redactor = redactor;
  }

  /** Takes a frame, which is processed when it is its sender's turn. */
  accept(frame: QueuedFrame): void {
    this.#parts.ledger.addReceived(frame.receivedAt);
    this.#parts.inFlightFrames.arrive();
    this.#queue.add(frame);
  }

  #process({ frame, receivedAt, origin, index, delivery }: QueuedFrame): void {
    const { ledger, inFlightFrames } = this.#parts;
    const { sender } = frame;
    const bytes = FRAME_HEADER_SIZE + frame.payload.length;
    const inFlight = inFlightFrames.begin({ origin, index, sender, bytes });
    const message = this.#decoder.decode(frame);
    inFlightFrames.shrink(inFlight, FRAME_HEADER_SIZE + this.#decoder.lastOwnBytes);
    inFlight.memory = RECORD_BYTES + this.#decoder.lastCost;
    this.#queue.hold(sender, inFlight.memory);
    if (typeof message === "string") {
      ledger.addRejected(message, receivedAt);
      inFlightFrames.complete(inFlight, "kept");
      return;
    }
    switch (message.type) {
      case "process-start": {
        const uuid = message.uuid ?? uuidOfContent(frame.payload);
        const identity = { uuid, kind: "start", part: partOf(message), time: message.time.nanoseconds } as const;
        this.#order.begin(uuid);
        this.#once(
          { ...identity, ...(delivery && identityOf(delivery)), receivedAt },
          inFlight,
          () => this.#start(message, uuid, receivedAt, inFlight, delivery),
          () => this.#order.finish(uuid),
        );
        break;
      }
      case "process-end": {
        const { uuid, time } = message;
        const identity = { uuid, kind: "end", part: partOf(message), time: time?.nanoseconds } as const;
        this.#once({ ...identity, ...(delivery && identityOf(delivery)), receivedAt }, inFlight, () =>
          this.#end(message, receivedAt, inFlight, delivery),
        );
        break;
      }
      default: {
        // As it will be in the store, by which a duplicate is recognized later.
        const event = this.#parts.redactor.redact({ ...message, cluster: message.cluster ?? origin.cluster });
        const time = event.time.nanoseconds;
        const uuid = uuidOfJobEvent(event);
        this.#once({ uuid, kind: "start", part: 0, time, receivedAt }, inFlight, () =>
          this.#onRecord({ kind: "job", message: event, receivedAt }, inFlight),
        );
      }
    }
  }

  /**
   * Goes on with a frame that is new, perhaps later; completes it when it is a duplicate, or too old to tell, and calls
   * `onOver` then.
   */
  #once(identity: FrameIdentity, inFlight: InFlightFrame, onNew: () => void, onOver: () => void = () => {}): void {
    const { duplicates, ledger, inFlightFrames } = this.#parts;
    duplicates.decide(identity, {
      onNew: () => {
        inFlight.isUseful = true;
        onNew();
      },
      onDuplicate: () => {
        ledger.addDuplicate(identity.receivedAt);
        inFlightFrames.completeDuplicate(inFlight);
        onOver();
      },
      onLate: () => {
        ledger.addRejected("late", identity.receivedAt);
        inFlightFrames.complete(inFlight, "kept");
        onOver();
      },
    });
  }

  #start(
    raw: ProcessStart,
    uuid: string,
    receivedAt: number,
    inFlight: InFlightFrame,
    delivery: Delivery | undefined,
  ): void {
    const { verdicts, redactor, users } = this.#parts;
    const message = redactor.redact(inCluster(raw, inFlight.origin.cluster));
    const { program, objects } = message;
    const reporter = this.#reporterOf(raw, message.host);
    const claimed = claimedUser(raw);
    this.#starts.set(uuid, { reporter, user: claimed });
    let found: Pick<StartRecord, "program" | "objects" | "conflicts" | "late"> | undefined;
    let user = message.user;
    let isNamed = false;
    const finish = () => {
      if (!isNamed || found === undefined) return;
      const named = user === message.user ? message : { ...message, user };
      this.#onRecord({ kind: "start", message: named, uuid, receivedAt, ...found, delivery }, inFlight);
      this.#order.finish(uuid);
    };
    const onName = (name: string | undefined) => {
      user = name;
      isNamed = true;
      finish();
    };
    if (user === undefined && message.uid !== undefined) users.resolve(message.uid, onName);
    else onName(user);
    const conflictsOf = (finding: VerifyFinding, findings: readonly VerifyFinding[]) =>
      this.#conflicts.observeAll(program, finding, objects, findings);
    const requester = requesterOf(inFlight.sender, claimed);
    verdicts.gather(
      // Files are found by the paths as reported.
      { program: raw.program, objects: raw.objects, reporter, requester, memory: inFlight.memory },
      {
        onVerdicts: (finding, findings, late) => {
          if (finding === undefined) throw new Error("a program without a verdict");
          found = { program: finding, objects: findings, conflicts: conflictsOf(finding, findings), late };
          finish();
        },
        onLate: (finding, findings, late) => {
          const conflicts = finding === undefined ? [] : conflictsOf(finding, findings);
          late.onVerdicts({ program: finding, objects: findings, conflicts });
        },
      },
    );
  }

  /** @param host - without secrets. The path of the program is the one as reported. */
  #reporterOf(
    { container, time, root, program, programFile, firstSignatureOnly }: ProcessStart,
    host?: string,
  ): Reporter {
    const mountView = host === this.#parts.host ? mountViewOf(root, this.#parts.root) : undefined;
    return {
      host,
      inContainer: container !== undefined,
      mountView,
      program: mountView && programFile && { path: program.path, ...programFile },
      startedBefore: time.nanoseconds + time.precision - 1n,
      firstSignatureOnly,
    };
  }

  #end(raw: ProcessEnd, receivedAt: number, inFlight: InFlightFrame, delivery: Delivery | undefined): void {
    // An end record names no host and no user. Without its start record, its paths may belong to any host.
    const { reporter, user } = this.#starts.get(raw.uuid) ?? {
      reporter: { host: undefined, startedBefore: raw.startTime?.nanoseconds ?? 0n, firstSignatureOnly: false },
      user: NO_USER,
    };
    const message = this.#parts.redactor.redact(raw);
    const requester = requesterOf(inFlight.sender, user);
    this.#parts.verdicts.gather(
      { program: undefined, objects: raw.objects, reporter, requester, memory: inFlight.memory },
      {
        onVerdicts: (_, objects, late) => {
          // An agent delivers starts before ends.
          const hasStarted = delivery !== undefined || this.#parts.duplicates.hasSeenStart(raw.uuid);
          this.#order.afterStart(raw, hasStarted, () =>
            this.#onRecord({ kind: "end", message, receivedAt, objects, late, delivery }, inFlight),
          );
        },
        onLate: (_, objects, late) => late.onVerdicts({ program: undefined, objects, conflicts: [] }),
      },
    );
  }
}

/** A start in a cluster, unless it names its own. */
const inCluster = (message: ProcessStart, cluster: string | undefined): ProcessStart =>
  cluster === undefined || message.placement.cluster !== undefined
    ? message
    : { ...message, placement: { ...message.placement, cluster } };

/** A delivery is recognized as such, whenever it comes: an agent may keep a record for days. */
const identityOf = (delivery: Delivery) =>
  ({ uuid: uuidOfDelivery(delivery), kind: "start", part: 0, time: undefined }) as const;

const partOf = ({ part }: { readonly part?: Part | undefined }) => part?.index ?? 0;
