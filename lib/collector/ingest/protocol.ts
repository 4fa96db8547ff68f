import type { LossCounts } from "../frames/ledger.js";
import type { Rate } from "../limits/token-bucket.js";
import type { Address } from "../shared/address.js";
import type { FrameBatch } from "./batch.js";

/* Messages between the ingest thread and the main thread. */

/** Requested size of a UDP receive buffer; the kernel grants at most net.core.rmem_max. */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export type UdpListener = { readonly transport: "udp" } & Address;
export type StreamListener =
  | ({ readonly transport: "tcp" } & Address)
  | { readonly transport: "unix"; readonly path: string };
export type Listener = UdpListener | StreamListener;

export interface IngestSettings {
  readonly listeners: readonly Listener[];
  /** Memory of the frames that may be in flight. */
  readonly credit: number;
  /** Rate of frames for each sender; undefined for no limit. */
  readonly senderRate: Rate | undefined;
  /** Connections that each stream listener may have, as far as descriptors go. */
  readonly places: number;
}

/** An open listener with its real port. */
export type OpenListener = Listener & {
  /** Bytes of the kernel's receive buffer; 0 for streams. */
  readonly receiveBuffer: number;
};

export type ToMain =
  | {
      readonly kind: "listening";
      readonly listeners: readonly OpenListener[];
      /** Whether users of unix sockets, if there are any, have rates of their own. */
      readonly knowsUsers: boolean;
    }
  | { readonly kind: "failed"; readonly listener: Listener; readonly code: string; readonly message: string }
  | {
      readonly kind: "frames";
      /** Index of the listener. */
      readonly input: number;
      readonly batch: FrameBatch | undefined;
      readonly lost: LossCounts | undefined;
    }
  | { readonly kind: "displaced"; readonly input: number; readonly connections: number }
  | { readonly kind: "kernel-dropped"; readonly datagrams: number };

export type ToIngest =
  | { readonly kind: "returned"; readonly credit: readonly ReturnedCredit[] }
  | { readonly kind: "stop" };

/** Credit of one sender that frames gave back when they were decoded and when they completed. */
export interface ReturnedCredit {
  readonly sender: string;
  credit: number;
  /** How many frames those that completed count for in the sender's rate, beyond one each. */
  charge: number;
  /** Whether one of those was valid and new. */
  isUseful: boolean;
}
