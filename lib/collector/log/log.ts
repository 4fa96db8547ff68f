import { printable } from "../../text/escape.js";
import { missingEngine } from "../shared/missing-engine.js";
import { EVENTS, type EventName, type LogLevel } from "./events.js";
import { Throttle } from "./throttle.js";

export const LOG_FORMATS = ["auto", "json", "text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What programs may want of an event besides its sentence. Never a secret, and nothing that senders claim. */
type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Writes an event. */
export type LogEvent = (event: EventName, sentence: string, fields?: Fields) => void;

export interface Log {
  readonly event: LogEvent;
  /** How often each event came, at whatever level and however many lines were written. */
  readonly counts: ReadonlyMap<EventName, number>;
  readonly setLevel: (level: LogLevel) => void;
  /** Writes what is still to be written. */
  readonly close: () => void;
}

/** Characters of a sentence; what the engine or the kernel says about an error has no limit. */
const SENTENCE_LIMIT = 2000;
/** Bytes of lines that may wait for a reader of stderr who does not read; the next ones are lost. */
const BUFFER_LIMIT = 1024 * 1024;
const STDERR = 2;

/** The log on stderr, one line an event. Nobody has to wait for its reader. */
export async function openLog(level: LogLevel, format: LogFormat): Promise<Log> {
  const { pino, destination } = await import("pino").catch((cause) => {
    throw missingEngine("pino", cause);
  });
  const stderr = destination({ dest: STDERR, sync: false, maxLength: BUFFER_LIMIT });
  // Nobody reads it any more: that is no reason to stop collecting.
  stderr.on("error", () => {});
  const isText = format === "text" || (format === "auto" && process.stderr.isTTY === true);
  const sink = isText ? { write: (line: string) => stderr.write(forPeople(line)) } : stderr;
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
  const throttle = new Throttle<EventName>((event, lines) =>
    logger[EVENTS[event][0]]({ event, suppressed: lines }, `${lines} more of these were not written`),
  );
  const counts = new Map((Object.keys(EVENTS) as EventName[]).map((name) => [name, 0]));
  return {
    counts,
    event: (event, sentence, fields) => {
      counts.set(event, (counts.get(event) ?? 0) + 1);
      const [eventLevel] = EVENTS[event];
      if (!logger.isLevelEnabled(eventLevel) || !throttle.allows(event)) return;
      const message = sentence.length > SENTENCE_LIMIT ? `${sentence.slice(0, SENTENCE_LIMIT)}…` : sentence;
      logger[eventLevel]({ event, ...fields }, message);
    },
    setLevel: (next) => {
      logger.level = next;
    },
    close: () => {
      throttle.flush();
      stderr.flushSync();
    },
  };
}

/** A line for people: time, level, event and sentence, in which nothing can steer a terminal. */
function forPeople(line: string): string {
  const { time, level, event, message } = JSON.parse(line) as Record<string, string>;
  return `${time} ${level?.padEnd(5)} ${event}: ${printable(message ?? "")}\n`;
}
