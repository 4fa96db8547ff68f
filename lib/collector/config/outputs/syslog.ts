import { field, optional, required, type Values } from "../fields.js";
import { choice, count } from "../kinds.js";
import { receiver, STREAM_OPTIONS } from "./stream.js";

/** Numerical codes of facilities (RFC 5424 section 6.2.1). */
export const FACILITIES = {
  user: 1,
  daemon: 3,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const;

export type Facility = keyof typeof FACILITIES;

export const SYSLOG = {
  address: required(receiver("tcp", "tls", "udp", "unix"), {
    help: "address of the receiver: tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT or unix:///PATH (a stream socket)",
  }),
  facility: field(choice(Object.keys(FACILITIES) as Facility[]), {
    help: "facility of the messages",
    initial: "local0",
  }),
  enterprise: optional(count("number", 1, 4_294_967_295), {
    help: "Private Enterprise Number of the site: messages carry structured data named ogrt@NUMBER",
    more: "Without it, the same values follow the text of the message.",
    initialText: "no structured data",
  }),
  "message-bytes": field(count("bytes", 480, 65_000), {
    help: "maximum size of a message, in bytes",
    more: "Values are shortened until a message fits.",
    initial: 2048,
  }),
  ...STREAM_OPTIONS,
};

export type SyslogOptions = Values<typeof SYSLOG>;
