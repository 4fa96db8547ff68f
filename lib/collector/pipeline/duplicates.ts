import { UuidTable } from "./uuid-table.js";

/** Frames in the window: at least this many, at most twice as many, in tables of 32 MB. */
const MIN_FRAMES = 2 ** 19;

/** The newest frames by UUID and part. */
export class DuplicateWindow {
  #seen = new UuidTable(MIN_FRAMES);

  /** Adds a frame; false when it is a duplicate. */
  add(uuid: string, kind: "start" | "end", part: number): boolean {
    return this.#seen.add(uuid, part * 2 + (kind === "end" ? 1 : 0)) >= 0;
  }

  /** For use after a loss of frames: to store a frame twice is better than to refuse it when it is sent again. */
  clear(): void {
    this.#seen = new UuidTable(MIN_FRAMES);
  }
}
