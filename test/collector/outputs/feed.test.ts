import { describe, expect, it } from "vitest";
import type { ObjectJson } from "../../../lib/collector/frames/json.js";
import { Feed } from "../../../lib/collector/outputs/worker/feed.js";
import type { EventSource } from "../../../lib/collector/store/event-source.js";
import type { ListRequest, StoredEvent } from "../../../lib/collector/store/feed-protocol.js";

const NAMING = { version: 0, nameOf: () => undefined } as never;

/** A part of a process, which refers to a list by number. */
const part = (sequence: number, objects: number): StoredEvent => ({
  kind: "part",
  sequence,
  received: 0n,
  uuid: `00000000-0000-4000-8000-${`${sequence}`.padStart(12, "0")}`,
  part: 1,
  objects,
});

/** A source over a store whose events and lists can change. It calls `beforeLists` before it answers a request for lists. */
function sourceOf(store: { events: StoredEvent[]; lists: Map<number, string[]>; beforeLists?: () => void }) {
  const source = {
    onChange: () => {},
    raiseHead: () => {},
    ask: async (name: string, request: { after?: number } & Partial<ListRequest>) => {
      if (name === "starts") return [];
      const head = store.events.at(-1)?.sequence ?? 0;
      if (name === "events") {
        return { events: store.events.filter(({ sequence }) => sequence > (request.after ?? 0)), upTo: head, head };
      }
      store.beforeLists?.();
      const objectsOf = (list: number) => (store.lists.get(list) ?? []).map((path) => ({ path, signatures: [] }));
      return {
        findings: (request.findings ?? []).map((id) => [id, FINDING]),
        texts: [],
        objects: (request.objects ?? []).map((list) => [list, objectsOf(list) as unknown as ObjectJson[]]),
      };
    },
  };
  return source as unknown as EventSource;
}

const FINDING = { path: "/bin/late", verdict: "verified", signatures: [] } as unknown as ObjectJson;

const pathsOf = (page: Awaited<ReturnType<Feed["read"]>>) =>
  (page?.documents ?? []).map(({ text }) =>
    (JSON.parse(text) as { objects: ObjectJson[] }).objects.map(({ path }) => path),
  );

describe("pages of events", () => {
  it("are bounded in size, however many events refer to the same long list, and omit no event", async () => {
    const long = Array.from({ length: 10_000 }, (_, index) => `/lib/${"x".repeat(80)}${index}`);
    const events = Array.from({ length: 40 }, (_, index) => part(index + 1, 1));
    const feed = new Feed(sourceOf({ events, lists: new Map([[1, long]]) }), NAMING);
    const sequences: number[] = [];
    for (let at = 0; at < 40; ) {
      const page = await feed.read(at);
      const characters = (page?.documents ?? []).reduce((sum, { text }) => sum + text.length, 0);
      expect(characters).toBeLessThan(8 * 1024 * 1024);
      sequences.push(...(page?.documents ?? []).map(({ sequence }) => sequence));
      at = page?.upTo ?? 40;
    }
    expect(sequences).toEqual(events.map(({ sequence }) => sequence));
  });

  it("have at least one document, whatever its size", async () => {
    const huge = ["x".repeat(9 * 1024 * 1024)];
    const events = [part(1, 1), part(2, 1)];
    const feed = new Feed(sourceOf({ events, lists: new Map([[1, huge]]) }), NAMING);
    expect(await feed.read(0)).toMatchObject({ documents: [{ sequence: 1 }], upTo: 1 });
  });

  it("hold amendments with the program and the objects of the record that they amend", async () => {
    const uuid = "00000000-0000-4000-8000-000000000001";
    const amendment = (sequence: number, record: "start" | "end", at: number, program: number | null): StoredEvent => ({
      kind: "amendment",
      sequence,
      received: 0n,
      uuid,
      record,
      part: at,
      program,
      objects: 7,
    });
    const events = [amendment(4, "start", 0, 3), amendment(5, "start", 1, null), amendment(6, "end", 0, null)];
    const feed = new Feed(sourceOf({ events, lists: new Map([[7, ["/lib/late"]]]) }), NAMING);
    const { documents = [] } = (await feed.read(3)) ?? {};
    expect(documents.map(({ type, id, program }) => [type, id, program])).toEqual([
      ["amendment", `${uuid}-amendment-start-4-0`, { path: "/bin/late", verdict: "verified" }],
      ["amendment", `${uuid}-amendment-start-5-1`, null],
      ["amendment", `${uuid}-amendment-end-6-0`, null],
    ]);
    expect(documents.map(({ text }) => JSON.parse(text))).toMatchObject([
      {
        type: "amendment",
        uuid,
        record: "start",
        part: 0,
        program: { path: "/bin/late" },
        objects: [{ path: "/lib/late" }],
      },
      { type: "amendment", uuid, record: "start", part: 1, program: null, objects: [{ path: "/lib/late" }] },
      { type: "amendment", uuid, record: "end", part: 0, program: null, objects: [{ path: "/lib/late" }] },
    ]);
  });

  it("never combine events with older or newer lists, although the store reuses the numbers of removed lists", async () => {
    const store: Parameters<typeof sourceOf>[0] = { events: [part(1, 7)], lists: new Map([[7, ["/old"]]]) };
    const source = sourceOf(store);
    const feed = new Feed(source, NAMING);
    expect(pathsOf(await feed.read(0))).toEqual([["/old"]]);
    // The store removed rows, and gave the number to another list.
    const change = () => {
      store.events = [part(2, 7)];
      store.lists = new Map([[7, ["/new"]]]);
      source.onChange();
    };
    change();
    expect(pathsOf(await feed.read(1))).toEqual([["/new"]]);
    // The same happens between the two requests for one page.
    store.events = [part(3, 8)];
    store.lists = new Map([[8, ["/gone"]]]);
    store.beforeLists = () => {
      delete store.beforeLists;
      change();
      store.lists.delete(8);
    };
    expect(pathsOf(await feed.read(0))).toEqual([["/new"]]);
    store.events = [part(4, 8)];
    store.lists = new Map([[8, ["/anew"]]]);
    expect(pathsOf(await feed.read(3))).toEqual([["/anew"]]);
  });
});
