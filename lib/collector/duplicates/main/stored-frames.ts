import { KEY_WORDS, putKey } from "../../frames/frame-key.js";
import type { Store } from "../../store/main/store.js";
import { OwnedThread } from "../../threads/thread.js";
import type { DuplicatesData, FromDuplicates, ToDuplicates } from "../protocol.js";

/** Frames of one check: their records continue in one turn of the event loop. */
const MAX_CHECKED_FRAMES = 128;
const YOUNG_GENERATION_MB = 4;

type OnDecided = (isStored: boolean) => void;
type Settings = Pick<DuplicatesData, "path" | "losses" | "oldestDay" | "isClockTrusted">;

export interface StoredFramesEvents {
  /** Why frames that were sent again may be stored twice; undefined when that is over. */
  readonly onProblem: (sentence: string | undefined) => void;
  readonly onCrash: (error: Error) => void;
}

/** The duplicates thread, seen from the main thread: tells which frames are in the store. */
export class StoredFrames {
  readonly #thread: OwnedThread<ToDuplicates, FromDuplicates>;
  #keys = new Uint32Array(MAX_CHECKED_FRAMES * KEY_WORDS);
  #gathered: OnDecided[] = [];
  /** Checks without an answer, in their order. */
  readonly #asked: OnDecided[][] = [];
  #isScheduled = false;
  #oldestDay = 0;

  static open(store: Store, settings: Settings, events: StoredFramesEvents): Promise<StoredFrames> {
    return new Promise((resolve, reject) => {
      const frames: StoredFrames = new StoredFrames(store, settings, events, () => resolve(frames), reject);
    });
  }

  private constructor(
    store: Store,
    settings: Settings,
    { onProblem, onCrash }: StoredFramesEvents,
    onOpened: () => void,
    onFailure: (error: Error) => void,
  ) {
    const port = store.reader();
    this.#thread = new OwnedThread(
      {
        entry: "duplicates-worker",
        name: "duplicates",
        data: { ...settings, port } satisfies DuplicatesData,
        transfer: [port],
        youngGenerationMb: YOUNG_GENERATION_MB,
      },
      {
        onMessage: (message) => {
          if (message.kind === "checked") {
            const asked = this.#asked.shift() ?? [];
            for (const [index, onDecided] of asked.entries()) onDecided(message.stored[index] === 1);
          } else if (message.kind === "problem") {
            onProblem(message.sentence);
          } else {
            this.#oldestDay = message.oldestDay;
            onOpened();
          }
        },
        onCrash: (error) => {
          onFailure(error);
          onCrash(error);
        },
      },
    );
  }

  /** Frames of earlier days cannot be told from duplicates. */
  get oldestDay(): number {
    return this.#oldestDay;
  }

  /** Frames are decided in their order. */
  check(uuid: string, use: number, bucket: number, onDecided: OnDecided): void {
    putKey(this.#keys, this.#gathered.length * KEY_WORDS, uuid, use, bucket);
    this.#gathered.push(onDecided);
    if (this.#gathered.length === MAX_CHECKED_FRAMES) this.#ask();
    if (this.#isScheduled || this.#gathered.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#gathered.length > 0) this.#ask();
    });
  }

  /** Removes frames of earlier days from the index. */
  prune(oldestDay: number): void {
    if (oldestDay <= this.#oldestDay) return;
    this.#oldestDay = oldestDay;
    this.#thread.post({ kind: "prune", oldestDay });
  }

  stop(): Promise<void> {
    return this.#thread.end({ kind: "end" });
  }

  #ask(): void {
    const keys = this.#keys.slice(0, this.#gathered.length * KEY_WORDS);
    this.#asked.push(this.#gathered);
    this.#gathered = [];
    this.#thread.post({ kind: "check", keys }, [keys.buffer]);
  }
}
