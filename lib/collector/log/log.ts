import { escapeJson, printable } from "../../text/escape.js";
import { optional } from "../shared/optional.js";
import { EVENTS, type EventName, type LogLevel } from "./events.js";
import { Throttle } from "./throttle.js";

export const LOG_FORMATS = ["auto", "json", "text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Details of an event for programs. They hold neither secrets nor anything that senders claim. */
type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Logs an event. */
export type LogEvent = (event: EventName, sentence: string, fields?: Fields) => void;

export interface Log {
  readonly event: LogEvent;
  /** Number of occurrences of each event, including those that were not written. */
  readonly counts: ReadonlyMap<EventName, number>;
  readonly setLevel: (level: LogLevel) => void;
  /** Writes the remaining lines. */
  readonly close: () => void;
}

/** Messages of the database engine and of the kernel have no limit of their own. */
const MAX_SENTENCE_CHARACTERS = 2000;
/** Lines that wait while the reader of stderr is slow. Further lines are lost. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
const STDERR = 2;

/** Opens the log on stderr, with one line per event. Logging never waits for the reader. */
export async function openLog(level: LogLevel, format: LogFormat): Promise<Log> {
  const { pino, destination } = await optional("pino", import("pino"));
  const stderr = destination({ dest: STDERR, sync: false, maxLength: MAX_BUFFERED_BYTES });
  // A reader that has closed stderr does not stop the collector.
  stderr.on("error", () => {});
  const isText = format === "text" || (format === "auto" && process.stderr.isTTY === true);
  const sink = { write: (line: string) => stderr.write(isText ? asText(line) : escapeJson(line)) };
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
    logger[EVENTS[event][0]]({ event, suppressed: lines }, `suppressed ${lines} further lines`),
  );
  const counts = new Map((Object.keys(EVENTS) as EventName[]).map((name) => [name, 0]));
  return {
    counts,
    event: (event, sentence, fields) => {
      counts.set(event, (counts.get(event) ?? 0) + 1);
      const [eventLevel] = EVENTS[event];
      if (!logger.isLevelEnabled(eventLevel) || !throttle.allows(event)) return;
      const message =
        sentence.length > MAX_SENTENCE_CHARACTERS ? `${sentence.slice(0, MAX_SENTENCE_CHARACTERS)}…` : sentence;
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

/** Formats a line as text: time, level, event and sentence, without characters that control a terminal. */
function asText(line: string): string {
  const { time, level, event, message } = JSON.parse(line) as Record<string, string>;
  return `${time} ${level?.padEnd(5)} ${event}: ${printable(message ?? "")}\n`;
}
