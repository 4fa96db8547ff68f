import type { FusePolicy } from "../../files/guard-options.js";
import type { FileIdentity } from "../../files/guarded.js";
import type { Found } from "../../verify/index.js";

/** Messages between the collector and the child processes that examine files. They are JSON; 64-bit numbers are decimal text. */

export interface WireIdentity {
  readonly device: string;
  readonly inode: string;
  readonly size: string;
  readonly modified: string;
  readonly changed: string;
}

export interface ExamineRequest {
  readonly id: number;
  /** Reversible text. */
  readonly path: string;
  readonly roots: readonly string[];
  readonly excluded: readonly string[];
  readonly fuse?: FusePolicy | undefined;
  readonly known: WireIdentity | undefined;
}

type NotRead = Exclude<Found, { state: "read" }>;
type WireFound =
  | NotRead
  | { readonly state: "unmodified" }
  | {
      readonly state: "read";
      readonly identity: WireIdentity;
      readonly signatures: readonly string[];
      readonly buildId?: string | undefined;
      readonly package?: string | undefined;
      readonly compilers?: readonly string[] | undefined;
    };

export interface ExamineResult {
  readonly id: number;
  readonly found: WireFound;
}

/** What was found, or that the file still has the known identity. */
export type Examination = Found | { readonly state: "unmodified" };

export function toWireResult(id: number, found: Examination): ExamineResult {
  if (found.state !== "read") return { id, found };
  return { id, found: { ...found, identity: toWireIdentity(found.identity) } };
}

export function fromWireResult({ found }: ExamineResult): Examination {
  if (found.state !== "read") return found;
  return { ...found, identity: fromWireIdentity(found.identity), buildId: found.buildId };
}

export function toWireIdentity(identity: FileIdentity): WireIdentity {
  return {
    device: `${identity.device}`,
    inode: `${identity.inode}`,
    size: `${identity.size}`,
    modified: `${identity.modified}`,
    changed: `${identity.changed}`,
  };
}

export function fromWireIdentity(identity: WireIdentity): FileIdentity {
  return {
    device: BigInt(identity.device),
    inode: BigInt(identity.inode),
    size: BigInt(identity.size),
    modified: BigInt(identity.modified),
    changed: BigInt(identity.changed),
  };
}
