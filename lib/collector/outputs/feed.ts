import type { Naming } from "../json.js";
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

/** Turns events of the store into documents, once for all outputs that are at the same place. */
export class Feed {
  readonly #source: EventSource;
  readonly #lookups: LookupMemory;
  /** By the place where they begin. */
  readonly #pages = new Map<number, Promise<Page | undefined>>();

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
    this.#pages.clear();
    this.#lookups.clear();
  }

  async #read(after: number): Promise<Page | undefined> {
    const { events, upTo, head } = await this.#source.ask("events", { after, limit: PAGE_EVENTS });
    this.#source.reached(head);
    if (upTo === after) return undefined;
    const lookups = await this.#lookups.find(events);
    const documents: Document[] = [];
    for (const event of events) {
      const document = render(event, lookups);
      // What it points at did not fit in an answer: it begins the next page.
      if (document === undefined) return { documents, upTo: documents.at(-1)?.sequence ?? after };
      documents.push(document);
    }
    return { documents, upTo };
  }
}
