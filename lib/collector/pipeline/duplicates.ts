import { UuidTable } from "./uuid-table.js";

/** The window holds at least this many frames, and at most twice as many, in tables of 32 MB. */
const MIN_FRAMES = 2 ** 19;

/** The newest frames by UUID and part. */
export class DuplicateWindow {
  #seen = new UuidTable(MIN_FRAMES);

  /** Adds a frame; false when it is a duplicate. */
  add(uuid: string, kind: "start" | "end", part: number): boolean {
    return this.#seen.add(uuid, part * 2 + (kind === "end" ? 1 : 0)) >= 0;
  }

  /** Call it after a loss of frames: storing a frame twice is better than refusing it when it is sent again. */
  clear(): void {
    this.#seen = new UuidTable(MIN_FRAMES);
  }
}
