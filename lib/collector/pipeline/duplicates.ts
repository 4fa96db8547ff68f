import { UuidTable } from "./uuid-table.js";

/** The window holds at least this many frames and at most twice as many, in tables of 32 MB. */
const MIN_FRAMES = 2 ** 19;

/** The frames that were seen last, by UUID and part. */
export class DuplicateWindow {
  #seen = new UuidTable(MIN_FRAMES);

  /** Adds a frame; false when the window held it already. */
  add(uuid: string, kind: "start" | "end", part: number): boolean {
    return this.#seen.add(uuid, part * 2 + (kind === "end" ? 1 : 0)) >= 0;
  }

  /** After frames were lost: storing one twice is better than refusing its second sending as a duplicate. */
  clear(): void {
    this.#seen = new UuidTable(MIN_FRAMES);
  }
}
