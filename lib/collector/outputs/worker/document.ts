import type { EndJson, ObjectJson, ProcessJson } from "../../frames/json.js";

/*
 * What outputs deliver: one JSON object per event. The shapes are those of /api/v1 and the stream;
 * docs/reference/outputs.md lists them.
 */

/** A process started. */
export interface ProcessDocument extends ProcessJson {
  type: "process";
  sequence: number;
}

/** Further objects of a process whose record came in several frames. */
interface PartDocument extends Belonging {
  type: "part";
  sequence: number;
  part: number;
  received: string;
  objects: ObjectJson[];
}

/** A process ended. Long lists come in several of these, with everything but the objects the same. */
interface EndDocument extends Belonging, EndJson {
  type: "end";
  sequence: number;
  part: number;
  received: string;
}

/** A job started or ended. */
interface JobDocument {
  type: "job";
  sequence: number;
  job: string;
  event: string;
  happened: string;
  received: string;
}

/** What the start of the process reported; null if it never arrived. */
interface Belonging {
  uuid: string;
  job: string | null;
  started: string | null;
  claimed: { user: string | null; host: string | null };
}

export type EventDocument = ProcessDocument | PartDocument | EndDocument | JobDocument;

/** A rendered document, with the members that sinks use without parsing its text. */
export interface Document {
  readonly type: EventDocument["type"];
  /** Its sequence in the store. */
  readonly sequence: number;
  /** The same in every delivery of this document, also from a restored or copied store. */
  readonly id: string;
  readonly uuid: string | null;
  readonly job: string | null;
  readonly user: string | null;
  readonly host: string | null;
  /** ISO 8601 in UTC. */
  readonly received: string;
  /** The executable, in documents of type `process`. */
  readonly program: { readonly path: string; readonly verdict: string } | null;
  /** `start` or `end`, in documents of type `job`. */
  readonly event: string | null;
  /** One JSON object without line breaks. */
  readonly text: string;
}
