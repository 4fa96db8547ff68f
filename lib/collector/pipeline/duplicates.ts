import { UuidTable } from "./uuid-table.js";

/** Frames that are known at least; the two tables take 32 MB. */
const REMEMBERED = 2 ** 19;

/** Which frames were seen before, by UUID and part: the last half to one million. */
export class DuplicateWindow {
  readonly #seen = new UuidTable(REMEMBERED);

  /** Remembers a frame; false when it was there already. */
  add(uuid: string, kind: "start" | "end", part: number): boolean {
    return this.#seen.add(uuid, part * 2 + (kind === "end" ? 1 : 0)) >= 0;
  }
}
