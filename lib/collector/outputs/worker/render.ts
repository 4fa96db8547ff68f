import { createHash } from "node:crypto";
import { isoTime } from "../../frames/json.js";
import type { StoredEvent } from "../../store/feed-protocol.js";
import type { Document } from "./document.js";
import type { Lookups, Program } from "./lookups.js";

/** Renders an event as a document; undefined if a list that it refers to is missing. */
export function render(event: StoredEvent, lookups: Lookups): Document | undefined {
  switch (event.kind) {
    case "process":
      return renderProcess(event, lookups);
    case "job":
      return renderJob(event);
    default:
      return renderLater(event, lookups);
  }
}

type Event<K extends StoredEvent["kind"]> = StoredEvent & { readonly kind: K };

function renderProcess(event: Event<"process">, { objects, texts, programs }: Lookups): Document | undefined {
  const { sequence, process } = event;
  const { uuid, job, placement, claimed, received } = process;
  const list = objects.get(event.objects);
  const program = programs.get(event.program);
  const environment = texts.get(event.environment);
  const modules = texts.get(event.modules);
  if (list === undefined) return undefined;
  return {
    type: "process",
    sequence,
    id: uuid,
    uuid,
    job,
    cluster: placement.cluster,
    user: claimed.user,
    host: claimed.host,
    received,
    program: program === undefined ? null : { path: program.path, verdict: program.verdict },
    event: null,
    text: withTexts(
      { type: "process", sequence, ...process },
      { environment, modules, program: program?.text, objects: list },
    ),
  };
}

/** Renders an end, a later part or an amendment, together with what the start of its process reported. */
function renderLater(event: Event<"end" | "part" | "amendment">, lookups: Lookups): Document | undefined {
  const { objects, starts } = lookups;
  const { kind: type, sequence, uuid, part } = event;
  const { job = null, cluster = null, user = null, host = null, started = null } = starts.get(uuid) ?? {};
  const received = isoTime(event.received);
  const list = objects.get(event.objects);
  if (list === undefined) return undefined;
  const head = { type, sequence, uuid, part, job, cluster, claimed: { user, host }, started, received };
  const own = ownMembers(event, lookups);
  return {
    type,
    sequence,
    id: `${uuid}-${own.id}-${part}`,
    uuid,
    job,
    cluster,
    user,
    host,
    received,
    program: own.program === undefined ? null : { path: own.program.path, verdict: own.program.verdict },
    event: null,
    text: withTexts({ ...head, ...own.members }, { ...own.texts, objects: list }),
  };
}

interface OwnMembers {
  /** Identifies the document among those of its process and part. */
  readonly id: string;
  readonly members?: object;
  readonly program?: Program | undefined;
  /** Members that are JSON already. */
  readonly texts?: Record<string, string | undefined>;
}

/** What a document has besides the members that all later documents share. */
function ownMembers(event: Event<"end" | "part" | "amendment">, { programs }: Lookups): OwnMembers {
  if (event.kind === "part") return { id: "part" };
  if (event.kind === "end") return { id: "end", members: event.end };
  const { record, sequence } = event;
  const program = event.program === null ? undefined : programs.get(event.program);
  // A record may be amended again.
  return { id: `amendment-${record}-${sequence}`, members: { record }, program, texts: { program: program?.text } };
}

function renderJob({ sequence, job, cluster, event, happened, received: at }: Event<"job">): Document {
  const received = isoTime(at);
  const digest = createHash("sha256")
    .update([job, event, happened, ...(cluster === null ? [] : [cluster])].join("\0"))
    .digest("base64url");
  return {
    type: "job",
    sequence,
    id: `job-${digest.slice(0, 22)}`,
    uuid: null,
    job,
    cluster,
    user: null,
    host: null,
    received,
    program: null,
    event,
    text: JSON.stringify({ type: "job", sequence, job, cluster, event, happened, received }),
  };
}

/** JSON of an object with further members that are JSON already. */
function withTexts(head: object, members: Record<string, string | undefined>): string {
  const more = Object.entries(members).map(([name, text = "null"]) => `,"${name}":${text}`);
  return `${JSON.stringify(head).slice(0, -1)}${more.join("")}}`;
}
