export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every event that the collector logs, with its level and what it means; docs/reference/log-events.md has the same table. */
export const EVENTS = {
  started: ["info", "the collector receives and answers"],
  "small-receive-buffer": ["warn", "the kernel gave a UDP socket a smaller receive buffer than was asked for"],
  stopping: ["info", "a signal came: what has arrived is stored, then the collector ends"],
  stopped: ["info", "what arrived is stored; the message says how many frames came, and where they went"],
  "stopped-early": ["warn", "a second signal, or the time limit of a stop, ended the collector before it was done"],
  failed: ["error", "a thread of the collector ended by itself, or a fault was met, and the collector ended with it"],
  reloaded: ["info", "SIGHUP: settings were read again"],
  "reload-refused": ["error", "SIGHUP: the configuration has a mistake; the settings from before stay"],
  "restart-needed": ["warn", "SIGHUP: a setting was changed that only a restart takes over"],
  "unknown-variable": ["warn", "an environment variable is named like a setting, but there is no such setting"],
  "datagrams-dropped": ["warn", "the kernel dropped datagrams because a receive buffer was full"],
  "frames-dropped": ["warn", "frames were received and could not be kept; the reason is beside it"],
  "store-waiting": ["error", "the store takes no records (a full disk, for example); it is asked again every second"],
  "store-taking": ["info", "the store takes records again"],
  "store-partly-known": [
    "warn",
    "a part of what the store holds could not be read at the start; lists may be stored twice",
  ],
  "rollup-behind": [
    "info",
    "what answers are made from is brought up to date, which takes a while; said every ten seconds",
  ],
  "rollup-current": ["info", "what answers are made from is up to date again"],
  "rollup-failed": [
    "error",
    "what answers are made from cannot be brought up to date; they miss the newest records, and say so",
  ],
  "records-refused": ["error", "the store refused records for good; they are lost"],
  "retention-done": ["info", "processes that were too old were removed"],
  "retention-failed": ["error", "processes that are too old could not be removed; it is tried again after an hour"],
  "admin-operation-done": ["info", "a backup, an export, a removal or a second look at files was ordered, and is done"],
  "admin-operation-failed": ["error", "such an order failed"],
  "output-waiting": ["warn", "an output could not deliver; it tries again and again, at the latest after a minute"],
  "output-goes-on": ["info", "an output delivers again"],
  "output-refused": ["error", "an output's receiver refused documents for good; they are kept in a file"],
  "outputs-ended": ["error", "the thread of the outputs ended by itself; it is started again"],
  "certificate-unusable": ["warn", "a TLS certificate or its key cannot be taken over, or is not valid any more"],
  "names-unreadable": ["warn", "a register or catalogue cannot be read; its signatures have no names"],
  "file-not-examined": ["error", "a fault of the collector's while it looked at a reported file"],
  "request-failed": ["error", "a fault of the collector's while it answered a request"],
} as const satisfies Record<string, readonly [LogLevel, string]>;

export type EventName = keyof typeof EVENTS;
