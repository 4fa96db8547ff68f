import { SUSPICIOUS_VERDICTS } from "../../../../shared/verdicts.js";
import { printable } from "../../../../text/escape.js";
import { FACILITIES, type Facility } from "../../../config/outputs/syslog.js";
import type { Document } from "../document.js";

/*
 * Messages of RFC 5424: structured data and a few words. A whole document exceeds what syslog servers accept (8 KiB by
 * default); json-lines delivers documents.
 */

const WARNING = 4;
const INFORMATIONAL = 6;

const TEXTS = {
  process: "process started",
  part: "further objects of a process",
  end: "process ended",
  amendment: "verdicts that came later",
  job: "job",
};

export interface MessageOptions {
  readonly facility: Facility;
  /** Name of the collector's host. */
  readonly hostName: string;
  /** Private Enterprise Number (section 7.2.2). */
  readonly enterprise: number | undefined;
  readonly maxBytes: number;
}

/** Values are shortened to this many characters at first, then to half of it as long as the message is too large. */
const LONGEST_VALUE = 1024;
const SHORTEST_VALUE = 8;

/** A document as one message, without framing. */
export function syslogMessage(document: Document, options: MessageOptions): Buffer {
  const { type, received, event, program } = document;
  const isSuspicious = SUSPICIOUS_VERDICTS.some((verdict) => verdict === program?.verdict);
  const severity = isSuspicious ? WARNING : INFORMATIONAL;
  const priority = FACILITIES[options.facility] * 8 + severity;
  // At most six digits of a second's fraction (section 6.2.3).
  const time = `${received.slice(0, "YYYY-MM-DDThh:mm:ss.ffffff".length)}Z`;
  const header = `<${priority}>1 ${time} ${headerText(options.hostName)} ogrt - ${type}`;
  const text = event === null ? TEXTS[type] : `${TEXTS[type]} ${event === "start" ? "started" : "ended"}`;
  for (let length = LONGEST_VALUE; ; length /= 2) {
    const message = Buffer.from(`${header} ${body(parameters(document, length), text, options.enterprise)}`);
    if (message.length <= options.maxBytes || length <= SHORTEST_VALUE) return message;
  }
}

/**
 * Structured data and text. Names of structured data without an enterprise number are reserved for IANA (section 6.3.2),
 * so a message without one has no structured data ("-"), and the same parameters after its text.
 */
function body(parameters: readonly string[], text: string, enterprise: number | undefined): string {
  if (enterprise === undefined) return ["-", text, ...parameters].join(" ");
  return `[${[`ogrt@${enterprise}`, ...parameters].join(" ")}] ${text}`;
}

function parameters(document: Document, length: number): string[] {
  const { sequence, uuid, job, cluster, user, host, program } = document;
  const subject = { sequence: `${sequence}`, uuid, job, cluster, user, host };
  const values = { ...subject, program: program?.path, verdict: program?.verdict };
  return Object.entries(values).flatMap(([name, value]) =>
    value == null ? [] : `${name}="${parameterValue(value, length)}"`,
  );
}

/** A value of a parameter (section 6.3.3). Control characters are escaped, because servers replace each in their own way. */
function parameterValue(text: string, length: number): string {
  const characters = [...text];
  const shortened = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
  return printable(shortened).replace(/["\\\]]/g, "\\$&");
}

/** Printable ASCII, at most 255 characters. */
const headerText = (text: string) => text.replace(/[^\x21-\x7e]/g, "?").slice(0, 255) || "-";
