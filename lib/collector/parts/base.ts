import type { Settings } from "../config/settings.js";
import { InFlightFrames } from "../frames/in-flight.js";
import { type Accounting, Ledger } from "../frames/ledger.js";
import type { Log } from "../log/log.js";
import type { Metrics } from "../measure/metrics.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { ConnectionPlaces } from "../shared/descriptors.js";

/** What every part is made from. */
export interface Base {
  readonly data: DataDirectory;
  readonly token: string;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly frames: FrameState;
  /** Connections that descriptors leave room for. */
  readonly places: ConnectionPlaces;
  /** Ends the collector, because a thread ended unexpectedly. */
  readonly onCrash: (error: Error) => void;
  /** Aborted when the collector is to stop, also while it starts. */
  readonly stopping: AbortSignal;
}

/** Frame counts and frames in flight, which the parts between reception and store share. */
export class FrameState {
  readonly ledger = new Ledger();
  readonly inFlight = new InFlightFrames();

  accounting = (): Accounting => this.ledger.accounting(this.inFlight.pending);
}
