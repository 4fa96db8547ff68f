import type { Clock, Heartbeat } from "./heartbeat.js";

/** A time without a collector. Times in milliseconds since the epoch. */
export interface Outage {
  /** Undefined when nothing but the store tells when the collector before was running. */
  readonly began: number | undefined;
  readonly ended: number;
  /** How the collector before it ended; without an order to stop it was killed, or lost its host. */
  readonly how: "stopped" | "killed" | "unknown";
}

/**
 * The time since the last collector of a store. Within one boot of the host it has the length that a clock tells which is
 * never set; otherwise the wall clock tells it, and a wall clock that went back makes an outage without a length.
 *
 * @param copied - when the store was copied, if it is a backup that no collector has opened: it knows nothing after that.
 */
export function outageUntil(now: Clock, last: Heartbeat | undefined, copied: number | undefined): Outage {
  const ended = now.time;
  if (copied !== undefined) return { began: Math.min(copied, ended), ended, how: "unknown" };
  if (last === undefined) return { began: undefined, ended, how: "unknown" };
  const isSameBoot = last.boot === now.boot && last.uptime <= now.uptime;
  const began = isSameBoot ? ended - (now.uptime - last.uptime) : Math.min(last.time, ended);
  return { began, ended, how: last.isStopped ? "stopped" : "killed" };
}
