import { OgrtError } from "../../errors.js";
import { likePattern } from "../../shared/glob.js";
import { canonicalUuid } from "../../signature/index.js";
import { SONAME_OR_FILE_NAME } from "../database/expressions.js";
import type { SqlFragment } from "../database/rows.js";
import { FINDINGS_OF_SOFTWARE } from "./programs.js";

/** The builds that a question is about. */
export interface Selection {
  readonly kind: "signature" | "buildId" | "path" | "soname" | "software";
  readonly value: string;
}

export type SelectionInput = { readonly [K in Selection["kind"] | "text"]?: string | undefined };

const KINDS = ["signature", "buildId", "path", "soname", "software", "text"] as const;
/** A text of this form is taken for a build-id. Shorter hexadecimal texts could be names. */
const BUILD_ID = /^(?:[0-9a-f]{2}){8,}$/;

/** @throws {@link OgrtError} INVALID_PARAMETER unless exactly one parameter selects something. */
export function selectionOf(input: SelectionInput): Selection {
  const [kind, more] = KINDS.filter((name) => input[name] !== undefined);
  if (kind === undefined || more !== undefined) {
    throw new OgrtError("INVALID_PARAMETER", `give exactly one of ${KINDS.join(", ")}`, { value: more ?? "text" });
  }
  const text = input[kind] ?? "";
  if (kind === "text") return recognized(text.trim());
  if (kind === "buildId") return { kind, value: text.toLowerCase() };
  if (kind !== "signature") return { kind, value: text };
  const signature = canonicalUuid(text);
  if (signature !== undefined) return { kind, value: signature };
  throw new OgrtError("INVALID_PARAMETER", "signature must be a UUID of 36 characters", { value: "signature" });
}

function recognized(text: string): Selection {
  const signature = canonicalUuid(text);
  if (signature !== undefined) return { kind: "signature", value: signature };
  const hexadecimal = text.toLowerCase();
  if (BUILD_ID.test(hexadecimal)) return { kind: "buildId", value: hexadecimal };
  if (text.includes("/")) return { kind: "path", value: text };
  // A name and a version, as lists of software have them.
  if (/\S\s+\S/.test(text)) return { kind: "software", value: text };
  // People type the beginning of a soname, without its version.
  return { kind: "soname", value: /[*?]/.test(text) ? text : `${text}*` };
}

const CONDITIONS: Record<Selection["kind"], string> = {
  signature: "list_contains(o.signatures, $value)",
  buildId: "o.build_id = $value",
  path: "o.path LIKE $value ESCAPE '\\'",
  soname: `${SONAME_OR_FILE_NAME} LIKE $value ESCAPE '\\'`,
  software: `f.id IN (${FINDINGS_OF_SOFTWARE})`,
};

/** The condition that a selection contains the object `o` of a finding `f`. */
export const selects = ({ kind, value }: Selection): SqlFragment => ({
  sql: CONDITIONS[kind],
  values: { value: kind === "signature" || kind === "buildId" ? value : likePattern(value) },
});
