import { readAnswerSettings } from "../../answers/environment-rules.js";
import { readAgentRuns, storeAgentRuns } from "../../database/agent-runs.js";
import { recordOutage } from "../../database/outages.js";
import type { Handlers } from "../../threads/requests.js";
import type { FeedRequests } from "../feed-protocol.js";
import type { StoreRequests } from "../protocol.js";
import { account, countProcesses, countStored } from "./accounts.js";
import type { Appends } from "./appends.js";
import { readAwaited, readAwaiting } from "./awaited.js";
import { Copies } from "./copies.js";
import { commitCursor, readCursors } from "./cursors.js";
import { readEvents, readLists, readStarts } from "./events.js";
import { readFrameKeys } from "./frame-keys.js";
import type { Questions } from "./questions.js";
import { Snapshots } from "./snapshots.js";
import { readState } from "./state.js";
import type { StoreFile } from "./store-file.js";

/** The sum is less than the time after which the HTTP server closes a silent connection. */
const QUESTION_TIMEOUTS = { beginMs: 20_000, answerMs: 30_000 };

export interface StoreEvents {
  /** A batch is on disk. */
  readonly onAppended: (sequence: number) => void;
  readonly rollUp: () => void;
}

/** What the store thread does for the main thread. */
export function storeHandlers(
  file: StoreFile,
  appends: Appends,
  questions: Questions,
  { onAppended, rollUp }: StoreEvents,
): Handlers<StoreRequests> {
  const copies = new Copies(file);
  const snapshots = new Snapshots(file, questions);
  const state = async () => readState((await file.open()).questions);
  const maintenance = async () => (await file.open()).maintenance;
  return {
    append: async ({ batch, number }) => {
      onAppended(await appends.append(batch, number));
      return undefined;
    },
    query: ({ question, asked }) => snapshots.answer(question, asked, QUESTION_TIMEOUTS),
    rollUp: async () => {
      rollUp();
      return undefined;
    },
    names: async (names) => {
      await file.useNames(names);
      return undefined;
    },
    configure: async (options) => {
      questions.settings = await readAnswerSettings((await file.open()).questions, options);
      return undefined;
    },
    backup: ({ path }) => copies.backup(path),
    export: ({ path, outages }) => copies.export(path, outages),
    owned: ({ user, path }) => copies.owned(user, path),
    strip: ({ path, user }) => copies.strip(path, user),
    copy: ({ drop }) => copies.copy(drop),
    swap: async ({ drop }) => {
      // Before records go of which the accounting does not know that they were stored.
      await countStored(await maintenance());
      await copies.swap(drop);
      return state();
    },
    account: async (request) => account((await file.open()).appends, request),
    outage: async ({ outage, corrected }) => {
      await recordOutage((await file.open()).appends, outage, corrected);
      return undefined;
    },
    storeAgentRuns: async (runs) => {
      await storeAgentRuns((await file.open()).appends, runs);
      return undefined;
    },
    agentRuns: async () => readAgentRuns(await maintenance()),
    awaiting: async (wanted) => readAwaiting(await maintenance(), wanted),
    awaited: async ({ sequences }) => readAwaited(await maintenance(), sequences),
    age: async ({ before }) => countProcesses(await maintenance(), before),
  };
}

/** What the store thread does for a reader of events. */
export function feedHandlers(file: StoreFile): Handlers<FeedRequests> {
  const feed = async () => (await file.open()).feed;
  return {
    events: async ({ after, limit }) => readEvents(await feed(), after, limit),
    lists: async (wanted) => readLists(await feed(), wanted),
    starts: async ({ uuids }) => readStarts(await feed(), uuids),
    frames: async (request) => readFrameKeys(await feed(), request),
    cursors: async () => readCursors(await feed()),
    // On the connection of the appends: both write to `meta`, and concurrent changes of a row conflict.
    commitCursor: async ({ reader, sequence }) => {
      await commitCursor((await file.open()).appends, reader, sequence);
      return undefined;
    },
  };
}
