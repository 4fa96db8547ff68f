export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every event that the collector logs, with its level and its meaning. docs/reference/log-events.md is generated from it. */
export const EVENTS = {
  started: ["info", "the collector receives frames and answers requests"],
  "token-created": [
    "info",
    "the data directory had no token, so the collector created one: at the first start, or after `token` was removed; clients with another token are refused",
  ],
  "store-migrated": ["info", "the store had the layout of an earlier release, and was migrated to that of this one"],
  "small-receive-buffer": ["warn", "the kernel granted a UDP socket a smaller receive buffer than requested"],
  stopping: ["info", "a signal arrived; the collector stores the frames that have arrived, then exits"],
  stopped: ["info", "the frames that had arrived are stored; the message counts what happened to all of them"],
  "stopped-early": ["warn", "a second signal or the time limit ended the collector before its stop was complete"],
  failed: ["error", "a thread ended by itself or an internal error occurred, and the collector exited"],
  reloaded: ["info", "SIGHUP: the settings were read again; the message lists those that changed"],
  "reload-refused": ["error", "SIGHUP: the configuration has a mistake; the earlier settings stay in effect"],
  "restart-needed": ["warn", "SIGHUP: a setting changed that takes effect only at a restart"],
  "unknown-variable": ["warn", "an environment variable has the prefix of settings, but no setting has this name"],
  "datagrams-dropped": ["warn", "the kernel dropped datagrams because a receive buffer was full"],
  "few-descriptors": ["warn", "the limit of open files leaves room for few connections; raise `LimitNOFILE`"],
  "connections-displaced": ["warn", "connections were closed because a listener had no place left for others"],
  "agent-refused": ["warn", "an agent was refused: its node is not enrolled, its token is wrong, or there is no place"],
  "heartbeats-not-stored": ["error", "heartbeats of agents could not be stored; the collector tries again"],
  "nodes-unreadable": ["error", "`agents.nodes` cannot be read or has a mistake; the nodes stay as they were"],
  "users-unknown": ["warn", "the users of unix sockets cannot be told apart, and share one rate"],
  "frames-dropped": ["warn", "the collector received frames and dropped them; `reason` says why"],
  "store-waiting": [
    "error",
    "the store accepts no records, for example on a full disk; the collector retries every second",
  ],
  "heartbeat-failed": [
    "error",
    "the collector cannot note that it is running; after a kill, an outage will seem to be longer than it was",
  ],
  "store-recovered": ["info", "the store accepts records again"],
  "store-partly-read": ["warn", "a part of the store could not be read at the start; lists may be stored twice"],
  "records-lost": [
    "error",
    "records that were acknowledged are not in the store: its log or the store itself was damaged, lost or replaced",
  ],
  "store-damaged": [
    "error",
    "a file of the store was damaged or missing at the start; the collector kept what there was",
  ],
  "duplicates-unknown": ["error", "the index of stored frames has a problem; frames sent again may be stored twice"],
  "verdicts-resumed": [
    "info",
    "records were stored without all of their verdicts when the collector last ended; it looks at their files again",
  ],
  "verdicts-not-resumed": [
    "error",
    "records that await their verdicts cannot be read; they are taken up at the next start",
  ],
  "rollup-behind": ["info", "the rollup is catching up with the store; logged every ten seconds"],
  "rollup-current": ["info", "the rollup has caught up with the store"],
  "rollup-failed": ["error", "the rollup cannot be brought up to date; answers lack the newest records, and say so"],
  "records-refused": ["error", "the store refused records permanently; they are lost"],
  "retention-done": ["info", "processes older than `store.keep` were deleted"],
  "retention-failed": [
    "error",
    "processes older than `store.keep` could not be deleted; the collector retries after an hour",
  ],
  "admin-operation-done": ["info", "a backup, export, removal of a user or re-verification is done"],
  "admin-operation-failed": ["error", "a backup, export, removal of a user or re-verification failed"],
  "output-waiting": ["warn", "an output could not deliver; it retries until it can, at least once a minute"],
  "output-recovered": ["info", "an output delivers again"],
  "output-refused": [
    "error",
    "a receiver refused documents permanently; the output keeps them in a file of dead letters",
  ],
  "outputs-ended": ["error", "the thread of the outputs ended by itself; the collector restarts it"],
  "certificate-unusable": ["warn", "a TLS certificate or key cannot be loaded, or the certificate has expired"],
  "names-unreadable": ["warn", "a register or catalogue cannot be read; its signatures have no names"],
  "mount-namespaces-unknown": [
    "warn",
    "processes in mount namespaces of their own cannot be recognized, because /proc hides process 1 (`ProtectProc=`)",
  ],
  "file-not-examined": ["error", "an internal error occurred during the examination of a reported file"],
  "examination-failing": [
    "error",
    "reported files cannot be examined, for example without free descriptors; objects are `unchecked` (`unavailable`)",
  ],
  "examination-recovered": ["info", "reported files are examined again"],
  "request-failed": ["error", "an internal error occurred during a request"],
} as const satisfies Record<string, readonly [LogLevel, string]>;

export type EventName = keyof typeof EVENTS;
