import type { FusePolicy } from "../../files/guard-options.js";
import type { FileIdentity } from "../../files/guarded.js";
import type { Examined, Found, NotRead, Reach } from "../../verify/index.js";

/* Messages between the collector and the child processes that examine files. They are JSON; 64-bit numbers are decimal text. */

/** What a child may read. */
export interface ExamineScope {
  readonly roots: Readonly<Record<Reach, readonly string[]>>;
  readonly excluded: readonly string[];
  readonly fuse: FusePolicy;
}

export interface ExamineRequest {
  readonly id: number;
  /** Reversible text. */
  readonly path: string;
  readonly reach: Reach;
}

export type ToChild =
  | { readonly kind: "scope"; readonly scope: ExamineScope }
  /** @property avoid - mount points of file systems that hang. */
  | { readonly kind: "examine"; readonly requests: readonly ExamineRequest[]; readonly avoid: readonly string[] };

export type FromChild =
  | { readonly kind: "ready" }
  /** The path is about to lead into another mount than the one that its text names. Sent before the file system is touched. */
  | { readonly kind: "entering"; readonly id: number; readonly mount: string }
  | ExamineResult
  /** Requests that were not begun, because those before them took long. Other senders may be served first. */
  | { readonly kind: "returned"; readonly ids: readonly number[] };

interface WireIdentity extends Readonly<Record<keyof FileIdentity, string>> {}
type WireFound = NotRead | (Omit<Examined, "identity"> & { readonly identity: WireIdentity });

export interface ExamineResult {
  readonly kind: "result";
  readonly id: number;
  readonly found: WireFound;
  /** Mount point of the last mount that the path led into. */
  readonly mount: string;
  /** When the examination began, by {@link monotonicMs}. */
  readonly beganAt: number;
  readonly tookMs: number;
  /** Why this child could not examine the file; nothing about the file. */
  readonly fault?: string | undefined;
}

/** Milliseconds of CLOCK_MONOTONIC: all processes of a host share it, and setting the time does not change it. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

export function toWireFound(found: Found): WireFound {
  return found.state === "read" ? { ...found, identity: mapIdentity(found.identity, String) } : found;
}

export function fromWireFound(found: WireFound): Found {
  if (found.state !== "read") return found;
  return { ...found, identity: mapIdentity(found.identity, BigInt), buildId: found.buildId };
}

function mapIdentity<A, B>(
  { device, inode, size, modified, changed }: Readonly<Record<keyof FileIdentity, A>>,
  convert: (value: A) => B,
): Record<keyof FileIdentity, B> {
  return {
    device: convert(device),
    inode: convert(inode),
    size: convert(size),
    modified: convert(modified),
    changed: convert(changed),
  };
}
