import { hostRoot } from "../../files/index.js";
import type { HostRoot } from "../../verify/index.js";
import { Amendments } from "../frames/amendments.js";
import { VerdictMeter } from "../measure/meters.js";
import type { Duplicates } from "../pipeline/duplicates.js";
import { Pipeline } from "../pipeline/pipeline.js";
import type { Redactor } from "../pipeline/redaction/redactor.js";
import { UserNames } from "../pipeline/user-names.js";
import { Verdicts } from "../pipeline/verdicts.js";
import type { StreamHub } from "../stream/hub.js";
import { EXAMINATION_DEFAULTS } from "../verification/examinations.js";
import { Verifier } from "../verification/verifier.js";
import type { Base, FrameState } from "./base.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

/** A stop waits this long for verdicts; files that are still being examined then are `unchecked`. */
const VERDICT_TIMEOUT_MS = 5000;

/** Frames → records with verdicts → store and live stream. */
export class Processing implements Part {
  readonly verifier: Verifier;
  readonly pipeline: Pipeline;
  readonly verdicts = new VerdictMeter();
  readonly amendments: Amendments;
  readonly #frames: FrameState;
  readonly #storing: Storing;

  constructor(
    { settings, frames, log }: Base,
    redactor: Redactor,
    hub: StreamHub,
    storing: Storing,
    duplicates: Duplicates,
  ) {
    this.#frames = frames;
    this.#storing = storing;
    const { hostName: host, roots, sharedRoots, excluded, fuse } = settings;
    const scope = { host, roots, sharedRoots, excluded, fuse };
    this.verifier = new Verifier(scope, EXAMINATION_DEFAULTS, {
      onFault: (text) => log.event("file-not-examined", text),
      onFailure: (failure) => {
        if (failure === undefined) log.event("examination-recovered", "reported files are examined again");
        else log.event("examination-failing", `reported files are not examined: ${failure}`);
      },
    });
    const { ledger, inFlight: inFlightFrames } = frames;
    this.amendments = new Amendments((amendment) => {
      if (amendment.of.record === "start") {
        this.verdicts.add(amendment);
        hub.publish(amendment, amendment.late.bytes);
      }
      storing.committer.add(amendment, undefined);
    });
    const verdicts = new Verdicts(this.verifier, this.amendments, settings.verdictDeadline);
    const parts = { host, root: rootBy(log), verdicts, redactor, users: new UserNames() };
    this.pipeline = new Pipeline({ ...parts, ledger, inFlightFrames, duplicates }, (record, frame) => {
      if (record.kind === "start") {
        // The objects of a record with late verdicts are counted with these.
        if (record.late === undefined) this.verdicts.add(record);
        hub.publish(record, frame.memory);
      }
      storing.committer.add(record, frame);
    });
  }

  /** Completes every frame that is in flight, and stores the amendments. */
  async stop(): Promise<void> {
    const timeout = setTimeout(() => this.verifier.close(), VERDICT_TIMEOUT_MS);
    await this.#storing.committer.drain();
    await this.#frames.inFlight.drained();
    await this.amendments.drained();
    clearTimeout(timeout);
    this.verifier.close();
  }
}

/** The root directory of this host, with which those of its processes are compared. */
function rootBy(log: Base["log"]): HostRoot {
  const root = hostRoot();
  if (root.mountIds.length === 0) {
    log.event("mount-namespaces-unknown", "reports from mount namespaces are not recognized: /proc hides process 1");
  }
  return root;
}
