import type { Naming } from "../../frames/json.js";
import type { Document } from "./document.js";
import { LookupMemory } from "./lookups.js";
import { render } from "./render.js";
import type { EventSource } from "./source.js";

/** A few documents in a row. */
export interface Page {
  readonly documents: readonly Document[];
  /** Where the next page begins. */
  readonly upTo: number;
}

/** Events that are read at once. A record's texts have at most 64 KiB, its objects 1 MiB. */
const PAGE_EVENTS = 256;
/** Pages that are kept for other outputs at the same place. */
const PAGES = 2;
/** Characters of documents in a page, but for its first: thousands of processes may point at the same long list. */
const PAGE_CHARACTERS = 8 * 1024 * 1024;

/** Turns events of the store into documents, once for all outputs that are at the same place. */
export class Feed {
  readonly #source: EventSource;
  readonly #lookups: LookupMemory;
  /** By the place where they begin. */
  readonly #pages = new Map<number, Promise<Page | undefined>>();
  #changes = 0;

  constructor(source: EventSource, naming: Naming) {
    this.#source = source;
    this.#lookups = new LookupMemory(source, naming);
    source.onChange = () => this.clear();
  }

  /** The documents after a place; nothing when there are none yet. */
  read(after: number): Promise<Page | undefined> {
    const known = this.#pages.get(after);
    if (known !== undefined) return known;
    const page = this.#read(after);
    this.#pages.set(after, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES && oldest !== undefined) this.#pages.delete(oldest);
    const drop = () => {
      if (this.#pages.get(after) === page) this.#pages.delete(after);
    };
    page.then((found) => found === undefined && drop(), drop);
    return page;
  }

  /** Resolves when there is something after a place. */
  news(after: number): Promise<void> {
    return this.#source.news(after);
  }

  /** What was read before may not be delivered any more: verdicts have changed, or records were removed. */
  clear(): void {
    this.#changes++;
    this.#pages.clear();
    this.#lookups.clear();
  }

  async #read(after: number): Promise<Page | undefined> {
    const changes = this.#changes;
    const { events, upTo, head } = await this.#source.ask("events", { after, limit: PAGE_EVENTS });
    this.#source.reached(head);
    if (upTo === after) return undefined;
    const lookups = await this.#lookups.find(events);
    // Between events and lists the store has changed: they need not belong together.
    if (changes !== this.#changes) return this.#read(after);
    const documents: Document[] = [];
    let room = PAGE_CHARACTERS;
    for (const event of events) {
      const document = render(event, lookups);
      room -= document?.text.length ?? 0;
      // What it points at did not fit in an answer, or it does not fit here: it begins the next page.
      const isFull = document === undefined || (room < 0 && documents.length > 0);
      if (isFull) return { documents, upTo: documents.at(-1)?.sequence ?? after };
      documents.push(document);
    }
    return { documents, upTo };
  }
}
