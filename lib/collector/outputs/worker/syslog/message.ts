import { SUSPICIOUS_VERDICTS } from "../../../../shared/verdicts.js";
import { printable } from "../../../../text/escape.js";
import { FACILITIES, type Facility } from "../../../config/outputs/syslog.js";
import type { Document } from "../document.js";

/*
 * Messages of RFC 5424: what happened as structured data, and a few words. A whole document does not fit in what syslog
 * servers take (8 KiB by default); json-lines delivers those.
 */

const WARNING = 4;
const INFORMATIONAL = 6;

const WORDS = {
  process: "process started",
  part: "further objects of a process",
  end: "process ended",
  job: "job",
};

export interface MessageOptions {
  readonly facility: Facility;
  /** Of the collector. */
  readonly hostName: string;
  /** A Private Enterprise Number (section 7.2.2). */
  readonly enterprise: number;
  /** Bytes of a message; values are cut so that it fits. */
  readonly limit: number;
}

/** Values of structured data are cut to so many characters at first, and at last. */
const LONGEST = 1024;
const SHORTEST = 8;

/** A document as one message, without framing. */
export function syslogMessage(document: Document, options: MessageOptions): Buffer {
  const { type, received, event, program } = document;
  const isSuspicious = SUSPICIOUS_VERDICTS.some((verdict) => verdict === program?.verdict);
  const severity = isSuspicious ? WARNING : INFORMATIONAL;
  const priority = FACILITIES[options.facility] * 8 + severity;
  // At most six digits of a second's fraction (section 6.2.3).
  const time = `${received.slice(0, "YYYY-MM-DDThh:mm:ss.ffffff".length)}Z`;
  const header = `<${priority}>1 ${time} ${headerText(options.hostName)} ogrt - ${type}`;
  const words = event === null ? WORDS[type] : `${WORDS[type]} ${event === "start" ? "started" : "ended"}`;
  for (let length = LONGEST; ; length /= 2) {
    const data = structuredData(document, options.enterprise, length);
    const message = Buffer.from(`${header} ${data} ${words}`);
    if (message.length <= options.limit || length <= SHORTEST) return message;
  }
}

function structuredData(document: Document, enterprise: number, length: number): string {
  const { sequence, uuid, job, user, host, program } = document;
  const values = { sequence: `${sequence}`, uuid, job, user, host, program: program?.path, verdict: program?.verdict };
  const parameters = Object.entries(values)
    .filter(([, value]) => value != null)
    .map(([name, value]) => ` ${name}="${parameterValue(value as string, length)}"`);
  return `[ogrt@${enterprise}${parameters.join("")}]`;
}

/** Section 6.3.3; control characters, which servers change each in its own way, are shown as elsewhere. */
function parameterValue(text: string, length: number): string {
  const characters = [...text];
  const cut = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
  return printable(cut).replace(/["\\\]]/g, "\\$&");
}

/** Printable ASCII, at most 255 characters. */
const headerText = (text: string) => text.replace(/[^\x21-\x7e]/g, "?").slice(0, 255) || "-";
