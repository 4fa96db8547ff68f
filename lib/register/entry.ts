import { parseObject } from "../shared/json.js";
import { canonicalUuid } from "../signature/index.js";

/** One line of the register: a UUID, and the link or the package that it identifies. */
export interface RegisterEntry {
  /** 36 lower-case characters. */
  uuid: string;
  /** Whether the UUID identifies one link or all files of a package. */
  scope: StampScope;
  name?: string;
  version?: string;
  host: string;
  user: string;
  /** ISO 8601, UTC. */
  time: string;
  /** Output of the link, or the file that holds the stamp. */
  output?: string;
  /** Inputs of the link, in order. */
  inputs?: string[];
  /** Number of inputs that `inputs` leaves out. */
  inputsOmitted?: number;
  /** Commit of the sources, if they are in a git checkout. */
  commit?: string;
}

export type StampScope = "link" | "package";
export const STAMP_SCOPES: readonly StampScope[] = ["link", "package"];

/** Longer lines are neither written nor accepted. */
export const MAX_LINE_BYTES = 64 * 1024;
/** Characters of one value. Longer ones are cut when written, and not accepted. */
const MAX_TEXT_LENGTH = 4096;

/** One line without its newline, of at most `MAX_LINE_BYTES`. Inputs that do not fit are counted. */
export function formatEntry(entry: RegisterEntry): string {
  const bounded = boundedTexts(entry);
  const all = (entry.inputs ?? []).map((input) => input.slice(0, MAX_TEXT_LENGTH));
  for (let kept = all.length; ; kept = Math.floor(kept / 2)) {
    const inputsOmitted = all.length - kept + (entry.inputsOmitted ?? 0);
    const line = JSON.stringify({
      ...bounded,
      ...(all.length > 0 && { inputs: all.slice(0, kept) }),
      ...(inputsOmitted > 0 && { inputsOmitted }),
    });
    if (Buffer.byteLength(line) < MAX_LINE_BYTES || kept === 0) return line;
  }
}

function boundedTexts(entry: RegisterEntry): Partial<RegisterEntry> {
  const pairs = Object.entries(entry).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(pairs.map(([key, value]) => [key, value.slice(0, MAX_TEXT_LENGTH)]));
}

/** The entry in an untrusted line; undefined when the line is not an entry. Unknown keys are dropped. */
export function parseEntry(line: string): RegisterEntry | undefined {
  const fields = parseObject(line);
  if (fields === undefined) return undefined;
  const uuid = canonicalUuid(text(fields["uuid"]) ?? "");
  const scope = STAMP_SCOPES.find((known) => known === fields["scope"]);
  const time = validTime(fields["time"]);
  const [host, user] = [text(fields["host"]), text(fields["user"])];
  if (uuid === undefined || scope === undefined || time === undefined || host === undefined || user === undefined) {
    return undefined;
  }
  const entry: RegisterEntry = { uuid, scope, host, user, time };
  for (const key of ["name", "version", "output", "commit"] as const) {
    const value = text(fields[key]);
    if (value !== undefined) entry[key] = value;
  }
  if (Array.isArray(fields["inputs"])) entry.inputs = fields["inputs"].filter((input) => text(input) !== undefined);
  const omitted = fields["inputsOmitted"];
  if (Number.isSafeInteger(omitted) && Number(omitted) > 0) entry.inputsOmitted = Number(omitted);
  return entry;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT_LENGTH ? value : undefined;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const validTime = (value: unknown): string | undefined =>
  typeof value === "string" && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
