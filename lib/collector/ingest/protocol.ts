import type { LossCounts } from "../frames/ledger.js";
import type { Rate } from "../limits/token-bucket.js";
import type { FrameBatch } from "./batch.js";

/** What the ingest thread and the main thread say to each other. */

/** What is asked of the kernel; it gives at most net.core.rmem_max. The default holds some milliseconds of a storm. */
export const RECEIVE_BUFFER = 4 * 1024 * 1024;

export type Listener =
  | {
      readonly transport: "udp" | "tcp";
      readonly host: string;
      /** 0 for any free port. */
      readonly port: number;
    }
  | { readonly transport: "unix"; readonly path: string };

export interface IngestSettings {
  readonly listeners: readonly Listener[];
  /** Bytes of frames that may be under way between reception and store. */
  readonly credit: number;
  /** What one address may send; no limit when undefined. */
  readonly senderRate: Rate | undefined;
}

/** A listener that listens: with its real port, and what the kernel gave it. */
export type OpenListener = Listener & {
  /** Bytes of the kernel's receive buffer; 0 where it does not matter. */
  readonly receiveBuffer: number;
};

export type ToMain =
  | { readonly kind: "listening"; readonly listeners: readonly OpenListener[] }
  | { readonly kind: "failed"; readonly listener: Listener; readonly code: string; readonly message: string }
  | {
      readonly kind: "frames";
      /** Index of the listener. */
      readonly input: number;
      readonly batch: FrameBatch | undefined;
      readonly lost: LossCounts | undefined;
    }
  | { readonly kind: "kernel-dropped"; readonly datagrams: number };

export type ToIngest = { readonly kind: "credit"; readonly bytes: number } | { readonly kind: "stop" };

/** How messages to people name a listener. */
export function describeListener(listener: Listener): string {
  if (listener.transport === "unix") return `unix ${listener.path}`;
  return `${listener.transport} ${listener.host}:${listener.port}`;
}
