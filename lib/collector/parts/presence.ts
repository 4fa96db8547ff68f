import {
  type Clock,
  type Heartbeat,
  HeartbeatFile,
  heartbeatPath,
  readClock,
  readHeartbeat,
} from "../shared/heartbeat.js";
import { type Outage, outageUntil } from "../shared/outage.js";
import type { Base } from "./base.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

const HEARTBEAT_INTERVAL_MS = 1000;
/** A clock that is set so soon after the start was wrong at the start, as before the first answer of a time server. */
const CLOCK_SETTLING_MS = 600_000;
/** Steps below this are none: the two clocks are not read at the same moment. */
const MIN_CLOCK_STEP_MS = 1000;

/**
 * Notes that the collector is running, so that the next start knows how long there was none: a heartbeat each second from
 * the moment when frames can arrive until none can. It begins by recording the outage that ends here.
 */
export class Presence implements Part {
  readonly #base: Base;
  readonly #storing: Storing;
  readonly #file: HeartbeatFile;
  readonly #last: Heartbeat | undefined;
  #start: Clock | undefined;
  /** The outage as it was recorded. */
  #recorded: Outage | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #hasFailed = false;

  static async open(base: Base, storing: Storing): Promise<Presence> {
    const path = heartbeatPath(base.data.store);
    const last = readHeartbeat(path);
    return new Presence(base, storing, await HeartbeatFile.open(path, last), last);
  }

  private constructor(base: Base, storing: Storing, file: HeartbeatFile, last: Heartbeat | undefined) {
    this.#base = base;
    this.#storing = storing;
    this.#file = file;
    this.#last = last;
  }

  /** Frames can arrive. */
  async begin(): Promise<void> {
    this.#start = readClock();
    await this.#storing.counts.begin();
    await this.#beat(this.#start);
    this.#timer = setInterval(() => {
      // A slow disk leaves out heartbeats, and gathers none.
      this.#beating ??= this.#beat(this.#start as Clock).finally(() => {
        this.#beating = undefined;
      });
    }, HEARTBEAT_INTERVAL_MS).unref();
  }

  /** No frame can arrive any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    if (this.#start !== undefined) await this.#beat(this.#start, true);
    await this.#file.close();
  }

  async #beat(start: Clock, isStopped = false): Promise<void> {
    const now = readClock();
    try {
      // The last heartbeat of the collector before stays until then.
      await this.#recordOutage(start, now);
      await this.#file.write({ ...now, isStopped, frames: this.#storing.counts.unaccounted });
      this.#hasFailed = false;
    } catch (error) {
      const sentence = `the heartbeat could not be written: ${(error as Error).message}`;
      if (!this.#hasFailed) this.#base.log.event("heartbeat-failed", sentence);
      this.#hasFailed = true;
    }
  }

  /** Records the outage that the start ended, once, and again when the clock is set soon after. */
  async #recordOutage(start: Clock, now: Clock): Promise<void> {
    const step = now.time - now.uptime - (start.time - start.uptime);
    const wasWrong = Math.abs(step) >= MIN_CLOCK_STEP_MS && now.uptime - start.uptime < CLOCK_SETTLING_MS;
    if (this.#recorded !== undefined && !wasWrong) return;
    const right = wasWrong ? { ...start, time: start.time + step } : start;
    const { store } = this.#storing;
    const outage = outageUntil(right, this.#last, store.findings.copied);
    await store.ask("outage", { outage, corrected: this.#recorded?.ended });
    this.#recorded = outage;
    this.#start = right;
  }
}
