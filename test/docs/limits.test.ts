import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/tools.js";

/** Where the sources define each limit: area and limit of the row, file, constant or property, and its unit if not ms, bytes or 1. */
const DEFINED: readonly (readonly [row: string, file: string, name: string, unit?: number])[] = [
  ["frames | payload of one frame", "frame.ts", "DEFAULT_MAX_PAYLOAD_BYTES"],
  ["frames | one object with its path and signatures", "decode.ts", "MAX_OBJECT_BYTES"],
  ["frames | signatures of one object", "decode.ts", "MAX_SIGNATURES"],
  ["frames | name of a job, user or host", "decode.ts", "MAX_NAME_BYTES"],
  ["frames | name of a module", "decode.ts", "MAX_MODULE_BYTES"],
  ["frames | all other texts of a record", "decode.ts", "MAX_TEXT_BYTES"],
  ["frames | elements of all lists of a frame", "lists.ts", "MAX_ELEMENTS"],
  ["frames | parts of one record", "decode.ts", "MAX_PARTS"],
  ["frames | objects in all parts of one record", "decode.ts", "MAX_TOTAL_OBJECTS"],
  ["UDP | receive buffer asked of the kernel", "ingest/protocol.ts", "RECEIVE_BUFFER_BYTES"],
  ["TCP, unix | connections per listener", "connections.ts", "maxConnections"],
  ["TCP | connections per listener from one sender", "connections.ts", "maxConnectionsPerSender"],
  ["TCP, unix | silence after which", "connections.ts", "idleTimeoutMs"],
  ["TCP, unix | time for a frame that has begun", "connections.ts", "frameTimeoutMs"],
  ["TCP, unix | unfinished frames", "connections.ts", "maxUnfinishedBytes"],
  ["senders | frames from one sender at once", "receiving.ts", "SENDER_BURST_S"],
  ["senders | senders whose rate is tracked", "sender-rates.ts", "MAX_SENDERS"],
  ["`/ingest` | connections", "ingest/main/websocket.ts", "MAX_CONNECTIONS"],
  ["`/ingest` | frames of all connections in flight", "ingest/main/websocket.ts", "MAX_IN_FLIGHT_BYTES"],
  ["memory | frames in flight", "receiving.ts", "MAX_IN_FLIGHT_BYTES"],
  ["memory | heap of the names process", "names-process.ts", "MAX_HEAP_MB", 1 << 20],
  ["memory | pause before the names process", "software-names.ts", "RETRY_DELAY_MS"],
  ["duplicates | frames that are recognized, at least", "duplicates.ts", "MIN_FRAMES"],
  ["duplicates | newest frames", "store/worker/state.ts", "MAX_SEEN_FRAMES"],
  ["processes | starts", "starts.ts", "MIN_PROCESSES"],
  ["user names | lookups at once", "user-names.ts", "MAX_PARALLEL_LOOKUPS"],
  ["user names | new uids per second", "user-names.ts", "LOOKUPS_PER_SECOND"],
  ["user names | lookups that wait", "user-names.ts", "MAX_QUEUED_LOOKUPS"],
  ["user names | time for a lookup", "user-names.ts", "LOOKUP_TIMEOUT_MS"],
  ["user names | cache time", "user-names.ts", "CACHE_MS"],
  ["user names | pause after a lookup", "user-names.ts", "RETRY_DELAY_MS"],
  ["user names | names that are remembered", "user-names.ts", "MAX_CACHED_NAMES"],
  ["verification | child processes", "file-cache.ts", "children"],
  ["verification | time to read one file", "file-cache.ts", "fileTimeoutMs"],
  ["verification | killed children", "file-cache.ts", "MAX_UNDEAD_CHILDREN"],
  ["verification | hangs in a row", "breaker.ts", "MAX_HANGS"],
  ["verification | pause of a mount", "breaker.ts", "OPEN_MS"],
  ["verification | pause of a path", "freshness.ts", "HANG_PAUSE_MS"],
  ["verification | files that wait", "file-cache.ts", "maxQueued"],
  ["verification | new paths per second", "file-cache.ts", "newPathsPerSecond"],
  ["verification | known paths read again", "file-cache.ts", "knownPathsPerSecond"],
  ["verification | age of a result", "freshness.ts", "RESULT_LIFETIME_MS"],
  ["verification | results in memory", "file-cache.ts", "MAX_CACHE_BYTES"],
  ["verification | findings re-verified", "unresolved.ts", "MAX_FINDINGS"],
  ["verification | symbolic links", "guarded-walk.ts", "MAX_LINKS"],
  ["verification | names looked up", "guarded-walk.ts", "MAX_LOOKUPS"],
  ["verification | length of a path", "guarded-walk.ts", "MAX_PATH_BYTES"],
  ["names | interval between checks", "names-child.ts", "CHECK_INTERVAL_MS"],
  ["names | pause after a check", "names-child.ts", "PAUSE_FACTOR"],
  ["names | pause after a check", "software-names.ts", "PAUSE_FACTOR"],
  ["names | bytes of one register", "names/sources.ts", "MAX_SOURCE_BYTES"],
  ["names | lines of one register", "names/sources.ts", "MAX_SOURCE_LINES"],
  ["names | time to read", "names/sources.ts", "MAX_SOURCE_MS"],
  ["names | time without a sign", "names-process.ts", "HANG_TIMEOUT_MS"],
  ["names | pairs", "name-table.ts", "MAX_PAIRS"],
  ["names | names", "name-table.ts", "MAX_NAME_BYTES"],
  ["names | catalogued files", "names/sources.ts", "MAX_CATALOGUE_BYTES"],
  ["storing | records per commit", "committer.ts", "MAX_COMMIT_RECORDS"],
  ["storing | interval between retries", "committer.ts", "RETRY_DELAY_MS"],
  ["storing | tries", "committer.ts", "MAX_ATTEMPTS"],
  ["storing | batches tried", "committer.ts", "MAX_HALVINGS"],
  ["retention | interval", "retention.ts", "CHECK_INTERVAL_MS"],
  ["retention | part of all processes", "maintenance.ts", "MIN_OLD_SHARE"],
  ["retention | clock change", "clock-watch.ts", "DAY_MS"],
  ["rollup | interval", "storing.ts", "ROLLUP_INTERVAL_MS"],
  ["rollup | growth", "rollup.ts", "COMPACTION_GROWTH"],
  ["answers | objects of an answer", "database/schema.ts", "MAX_LIST_OBJECTS"],
  ["answers | environments and modules", "answers/lists.ts", "MAX_TEXT_BYTES"],
  ["answers | arguments", "process-rows.ts", "MAX_ROW_BYTES"],
  ["answers | time until an answer begins", "handlers.ts", "beginMs"],
  ["answers | time to compute", "handlers.ts", "answerMs"],
  ["answers | processes of each job", "difference.ts", "MAX_COMPARED_PROCESSES"],
  ["HTTP | request line and headers", "listener.ts", "MAX_HEADER_BYTES"],
  ["HTTP | body of a request", "server.ts", "MAX_BODY_BYTES"],
  ["HTTP | body of a list of jobs", "routes.ts", "MAX_QUESTION_BYTES"],
  ["HTTP | time for a whole request", "listener.ts", "REQUEST_TIMEOUT_MS"],
  ["HTTP | time between requests", "listener.ts", "KEEP_ALIVE_TIMEOUT_MS"],
  ["HTTP | time without any byte", "listener.ts", "IDLE_TIMEOUT_MS"],
  ["HTTP | connections", "listener.ts", "MAX_CONNECTIONS"],
  ["HTTP | unauthenticated connections older", "http/unauthenticated.ts", "MAX_AFTER_GRACE"],
  ["HTTP | unauthenticated connections |", "http/unauthenticated.ts", "MAX_UNAUTHENTICATED"],
  ["HTTP | wrong tokens and login codes from one address, at once", "http/authentication.ts", "burst"],
  ["HTTP | wrong tokens and login codes from one address, per second", "http/authentication.ts", "perSecond"],
  ["HTTP | life of a login link", "sessions.ts", "LOGIN_CODE_LIFETIME_MS"],
  ["HTTP | login links", "sessions.ts", "MAX_LOGIN_CODES"],
  ["HTTP | life of a session", "sessions.ts", "SESSION_LIFETIME_MS"],
  ["HTTP | sessions", "sessions.ts", "MAX_SESSIONS"],
  ["HTTP | interval between checks", "tls.ts", "CHECK_INTERVAL_MS"],
  ["HTTP | certificate", "tls.ts", "MAX_FILE_BYTES"],
  ["WebSocket | interval", "websockets.ts", "HEARTBEAT_INTERVAL_MS"],
  ["`/stream` | connections", "endpoint.ts", "MAX_SUBSCRIBERS"],
  ["`/stream` | message from", "endpoint.ts", "MAX_MESSAGE_BYTES"],
  ["`/stream` | messages that wait for one", "backlogs.ts", "MAX_BYTES_PER_SUBSCRIBER"],
  ["`/stream` | messages that wait for all", "backlogs.ts", "MAX_BYTES"],
  ["`/stream` | records of", "hub.ts", "MAX_REPLAY_RECORDS"],
  ["`/stream` | frames kept", "hub.ts", "MAX_REPLAY_BYTES"],
  ["`/stream` | value of a filter", "filter.ts", "MAX_VALUE_CHARACTERS"],
  ["outputs | longest pause", "runner.ts", "LONGEST_PAUSE_MS"],
  ["outputs | interval between commits", "runner.ts", "CONFIRM_INTERVAL_MS"],
  ["outputs | time for deliveries", "output-worker.ts", "STOP_TIMEOUT_MS"],
  ["outputs | time to connect", "connection.ts", "CONNECT_TIMEOUT_MS"],
  ["outputs | time without progress", "connection.ts", "STALL_TIMEOUT_MS"],
  ["outputs | time for a receiver", "connection.ts", "CLOSE_TIMEOUT_MS"],
  ["outputs | pause before the thread", "outputs/main/outputs.ts", "RESTART_DELAY_MS"],
  ["`json-files` | open files", "json-files/sink.ts", "MAX_OPEN_FILES"],
  ["`json-files` | characters", "job-file-name.ts", "MAX_NAME_CHARACTERS"],
  ["`elasticsearch` | time for a request", "elasticsearch/http-client.ts", "REQUEST_TIMEOUT_MS"],
  ["`elasticsearch` | answer", "elasticsearch/http-client.ts", "MAX_ANSWER_BYTES"],
  ["`elasticsearch` | retries", "elasticsearch/sink.ts", "MAX_ROUNDS"],
  ["`elasticsearch` | file of dead letters", "dead-letters.ts", "MAX_FILE_BYTES"],
  ["log | lines per event", "throttle.ts", "MAX_LINES_PER_WINDOW"],
  ["log | characters", "log.ts", "MAX_SENTENCE_CHARACTERS"],
  ["log | lines that wait", "log.ts", "MAX_BUFFERED_BYTES"],
  ["stop | time for verdicts", "processing.ts", "VERDICT_TIMEOUT_MS"],
  ["stop | time for the whole stop", "daemon.ts", "STOP_TIMEOUT_MS"],
  ["configuration | size of the file", "document.ts", "MAX_DOCUMENT_CHARACTERS"],
  ["configuration | path of a unix socket", "shared/socket-path.ts", "MAX_SOCKET_PATH_BYTES"],
  ["`ogrt-query` | time for a collector", "target.ts", "PROOF_TIMEOUT_MS"],
  ["`CollectorClient` | time for an answer", "collector-client.ts", "GET_TIMEOUT_MS"],
  ["`CollectorClient` | time for an admin operation", "collector-client.ts", "POST_TIMEOUT_MS"],
  ["`subscribe` | longest pause", "subscribe.ts", "LONGEST_PAUSE_MS"],
  ["`subscribe` | silence", "client/socket.ts", "PING_TIMEOUT_MS"],
  ["`subscribe` | time for a handshake", "client/socket.ts", "HANDSHAKE_TIMEOUT_MS"],
  ["`ogrt-run` | time", "job-event.ts", "SEND_TIMEOUT_MS"],
  ["register | entries of the directory", "register/files.ts", "MAX_DIRECTORY_ENTRIES"],
  ["register | files of one owner", "register/files.ts", "MAX_FILES_OF_OWNER"],
  ["register | entries that one", "register/read.ts", "MAX_ENTRIES"],
  ["register, catalogue | line", "files/lines.ts", "MAX_SKIPPED_LINE_BYTES"],
  ["register | line", "register/entry.ts", "MAX_LINE_BYTES"],
  ["package note | value", "package-metadata.ts", "MAX_VALUE_LENGTH"],
  ["package note | keys", "package-metadata.ts", "MAX_KEYS"],
  ["ELF files | build-id", "known-notes/build-id.ts", "MAX_BUILD_ID_BYTES"],
  ["zstd | blocks", "zstd/frame.ts", "MAX_BLOCKS"],
  ["compressed kernel modules | size", "inflate-module.ts", "MAX_MODULE_BYTES"],
  ["thin archives | members opened", "thin-members.ts", "MAX_THIN_MEMBERS"],
  ["archives | unread members", "archive-facts.ts", "MAX_LISTED_MEMBERS"],
  ["catalogue | line", "inspect/catalogue.ts", "MAX_LINE_BYTES"],
  ["`--resolve` | objects", "resolver.ts", "MAX_OBJECTS"],
  ["page | rows of a downloaded", "download-button.tsx", "MAX_ROWS"],
  ["page | rows of the live table", "live-rows.ts", "MAX_ROWS"],
  ["page | characters", "parts/text.tsx", "CHARACTERS_SHOWN"],
];

const UNITS: Readonly<Record<string, number>> = {
  KiB: 1 << 10,
  MiB: 1 << 20,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
};

const sources = ["lib", "bin", "web"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `/${folder}/${name}`),
);

/** Value of a constant, or of a property of one, that is written as a product of numbers. */
function sourceValue(file: string, name: string): number {
  const found = sources
    .filter((path) => path.endsWith(`/${file}`))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return Array.from(
        text.matchAll(new RegExp(`\\b${name}(?: =|:) ([\\d_.]+(?: ?(?:\\*{1,2}|<<) ?[\\d_.]+)*)`, "g")),
        ([, number]) => number,
      );
    });
  expect.soft(found, `${name} in ${basename(file)}`).toHaveLength(1);
  return Number(new Function(`return ${found[0]}`)());
}

it("docs/reference/limits.md gives the limits of the sources", () => {
  const lines = readFileSync(join(root, "docs/reference/limits.md"), "utf8").split("\n");
  for (const [row, file, name, unit = 1] of DEFINED) {
    const line = lines.find((candidate) => candidate.startsWith(`| ${row}`)) ?? "";
    const [, number = "", suffix = ""] = /^ ([\d,.]+) ?(\w*)/.exec(line.split("|")[3] ?? "") ?? [];
    const value = Number(number.replaceAll(",", "")) * (UNITS[suffix] ?? 1);
    expect.soft(value, `${row}: ${name} in ${file}`).toBe(sourceValue(file, name) * unit);
  }
});
