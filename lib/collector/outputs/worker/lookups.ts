import { BoundedMap, ENTRY_OVERHEAD } from "../../../shared/bounded-map.js";
import { type Naming, type ObjectJson, softwareOf } from "../../frames/json.js";
import type { EventSource } from "../../store/event-source.js";
import type { StartContext, StoredEvent } from "../../store/feed-protocol.js";

/** The program of a process, as JSON and the members that documents use. */
export interface Program {
  readonly text: string;
  readonly path: string;
  readonly verdict: string;
}

/** The lists and starts to which the events of a page refer. */
export interface Lookups {
  /** Lists as JSON. A missing one did not fit in an answer. */
  readonly objects: ReadonlyMap<number, string>;
  readonly texts: ReadonlyMap<number, string>;
  readonly programs: ReadonlyMap<number, Program>;
  /** By UUID. A missing one is unknown. */
  readonly starts: ReadonlyMap<string, StartContext>;
}

/** Limits each cache of lists, per generation. */
const MAX_CACHED_CHARACTERS = 8 * 1024 * 1024;
/** Limits the cache of starts, to which later documents of the same process refer, per generation. */
const MAX_CACHED_STARTS = 20_000;

/** Finds the lists and starts that events refer to, in its caches or in the store. */
export class LookupMemory {
  readonly #source: EventSource;
  readonly #naming: Naming;
  readonly #objects = new BoundedMap<string>(MAX_CACHED_CHARACTERS, (_, text) => text.length + ENTRY_OVERHEAD);
  readonly #texts = new BoundedMap<string>(MAX_CACHED_CHARACTERS, (_, text) => text.length + ENTRY_OVERHEAD);
  readonly #programs = new BoundedMap<Program>(
    MAX_CACHED_CHARACTERS,
    (_, { text, path }) => text.length + path.length + ENTRY_OVERHEAD,
  );
  readonly #starts = new BoundedMap<StartContext>(MAX_CACHED_STARTS);
  #version: number;
  /** Answers to requests from before a change are not cached after it. */
  #changes = 0;

  constructor(source: EventSource, naming: Naming) {
    this.#source = source;
    this.#naming = naming;
    this.#version = naming.version;
  }

  clear(): void {
    this.#changes++;
    for (const memory of [this.#objects, this.#texts, this.#programs, this.#starts]) memory.clear();
  }

  async find(events: readonly StoredEvent[]): Promise<Lookups> {
    if (this.#version !== this.#naming.version) {
      this.#version = this.#naming.version;
      this.#objects.clear();
      this.#programs.clear();
    }
    const starts = events.filter((event) => event.kind === "process");
    const changes = this.#changes;
    const isCurrent = () => changes === this.#changes;
    const objects = recall(
      isCurrent,
      this.#objects,
      new Set(events.flatMap((event) => ("objects" in event ? event.objects : []))),
    );
    const texts = recall(
      isCurrent,
      this.#texts,
      new Set(starts.flatMap(({ environment, modules }) => [environment, modules])),
    );
    const programs = recall(
      isCurrent,
      this.#programs,
      new Set(events.flatMap((event) => ("program" in event ? (event.program ?? []) : []))),
    );
    if (objects.missing.length + texts.missing.length + programs.missing.length > 0) {
      const wanted = { findings: programs.missing, objects: objects.missing, texts: texts.missing };
      const found = await this.#source.ask("lists", wanted);
      for (const [number, list] of found.objects) {
        objects.add(number, JSON.stringify(list.map((object) => this.#named(object))));
      }
      for (const [number, list] of found.texts) texts.add(number, JSON.stringify(list));
      for (const [number, object] of found.findings) {
        const { path, verdict } = object;
        programs.add(number, { text: JSON.stringify(this.#named(object)), path, verdict });
      }
    }
    return {
      objects: objects.known,
      texts: texts.known,
      programs: programs.known,
      starts: await this.#findStarts(events, isCurrent),
    };
  }

  async #findStarts(
    events: readonly StoredEvent[],
    isCurrent: () => boolean,
  ): Promise<ReadonlyMap<string, StartContext>> {
    for (const event of events) {
      if (event.kind !== "process" || !isCurrent()) continue;
      const { uuid, started, job, placement, claimed } = event.process;
      this.#starts.set(uuid, {
        uuid,
        started,
        job,
        cluster: placement.cluster,
        user: claimed.user,
        host: claimed.host,
      });
    }
    const uuids = new Set(events.flatMap((event) => ("uuid" in event ? event.uuid : [])));
    const starts = recall(isCurrent, this.#starts, uuids);
    if (starts.missing.length > 0) {
      const found = await this.#source.ask("starts", { uuids: starts.missing });
      for (const start of found) starts.add(start.uuid, start);
    }
    return starts.known;
  }

  #named(object: ObjectJson): ObjectJson {
    return { ...object, software: softwareOf(object.signatures, this.#naming) };
  }
}

/** Looks keys up in a cache. The result holds all values of a page, even if the cache evicts some meanwhile. */
function recall<K extends number | string, V>(isCurrent: () => boolean, memory: BoundedMap<V>, keys: Iterable<K>) {
  const known = new Map<K, V>();
  const missing: K[] = [];
  for (const key of keys) {
    const value = memory.get(`${key}`);
    if (value === undefined) missing.push(key);
    else known.set(key, value);
  }
  const add = (key: K, value: V) => {
    if (isCurrent()) memory.set(`${key}`, value);
    known.set(key, value);
  };
  return { known, missing, add };
}
