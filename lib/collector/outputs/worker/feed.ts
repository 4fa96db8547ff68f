import type { Naming } from "../../frames/json.js";
import type { EventSource } from "../../store/event-source.js";
import type { Document } from "./document.js";
import { LookupMemory } from "./lookups.js";
import { render } from "./render.js";

/** Consecutive documents. */
export interface Page {
  readonly documents: readonly Document[];
  /** Sequence after which the next page begins. */
  readonly upTo: number;
}

/** The texts of a record have at most 64 KiB, its objects 1 MiB. */
const MAX_PAGE_EVENTS = 256;
/** Pages that are cached for other outputs at the same position. */
const MAX_CACHED_PAGES = 2;
/** Limits the documents of a page after its first one: thousands of processes may share one long list. */
const MAX_PAGE_CHARACTERS = 8 * 1024 * 1024;

/** Renders events of the store as documents, once for all outputs at the same position. */
export class Feed {
  readonly #source: EventSource;
  readonly #lookups: LookupMemory;
  readonly #named: Promise<void>;
  /** By the sequence after which they begin. */
  readonly #pages = new Map<number, Promise<Page | undefined>>();
  #changes = 0;

  /** @param named - resolves when names are known: documents that are delivered without them never get them. */
  constructor(source: EventSource, naming: Naming, named: Promise<void> = Promise.resolve()) {
    this.#source = source;
    this.#named = named;
    this.#lookups = new LookupMemory(source, naming);
    source.onChange = () => this.clear();
  }

  /** Reads the documents after a sequence; undefined if there are none yet. */
  read(after: number): Promise<Page | undefined> {
    const known = this.#pages.get(after);
    if (known !== undefined) return known;
    const page = this.#read(after);
    this.#pages.set(after, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_CACHED_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    const drop = () => {
      if (this.#pages.get(after) === page) this.#pages.delete(after);
    };
    page.then((found) => found === undefined && drop(), drop);
    return page;
  }

  waitForEvent(after: number): Promise<void> {
    return this.#source.waitForEvent(after);
  }

  /** Clears the caches, because verdicts changed or records were removed. */
  clear(): void {
    this.#changes++;
    this.#pages.clear();
    this.#lookups.clear();
  }

  async #read(after: number): Promise<Page | undefined> {
    await this.#named;
    const changes = this.#changes;
    const { events, upTo, head } = await this.#source.ask("events", { after, limit: MAX_PAGE_EVENTS });
    this.#source.raiseHead(head);
    if (upTo === after) return undefined;
    const lookups = await this.#lookups.find(events);
    // The store changed between the two requests, so events and lists may not match.
    if (changes !== this.#changes) return this.#read(after);
    const documents: Document[] = [];
    let room = MAX_PAGE_CHARACTERS;
    for (const event of events) {
      const document = render(event, lookups);
      room -= document?.text.length ?? 0;
      // A document whose lists did not fit in the answer, or that does not fit in this page, begins the next page.
      const isFull = document === undefined || (room < 0 && documents.length > 0);
      if (isFull) return { documents, upTo: documents.at(-1)?.sequence ?? after };
      documents.push(document);
    }
    return { documents, upTo };
  }
}
