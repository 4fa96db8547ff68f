/**
 * A rendered document: one JSON object per event, with the members that sinks use without parsing its text. The shapes are
 * those of /api/v1 and the stream; docs/reference/outputs.md lists them.
 */
export interface Document {
  readonly type: "process" | "part" | "end" | "amendment" | "job";
  /** Its sequence in the store. */
  readonly sequence: number;
  /** The same in every delivery of this document, also from a restored or copied store. */
  readonly id: string;
  readonly uuid: string | null;
  readonly job: string | null;
  readonly cluster: string | null;
  readonly user: string | null;
  readonly host: string | null;
  /** ISO 8601 in UTC. */
  readonly received: string;
  /** The executable, in documents of type `process` and in amendments of those. */
  readonly program: { readonly path: string; readonly verdict: string } | null;
  /** `start` or `end`, in documents of type `job`. */
  readonly event: string | null;
  /** One JSON object without line breaks. */
  readonly text: string;
}
