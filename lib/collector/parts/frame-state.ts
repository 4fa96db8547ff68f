import { InFlightFrames } from "../frames/in-flight.js";
import { type Accounting, Ledger } from "../frames/ledger.js";
import { DuplicateWindow } from "../pipeline/duplicates.js";

/** What the parts between reception and store know of frames together. */
export class FrameState {
  readonly ledger = new Ledger();
  readonly inFlight = new InFlightFrames();
  readonly duplicates = new DuplicateWindow();

  accounting = (): Accounting => this.ledger.accounting(this.inFlight.pending);
}
