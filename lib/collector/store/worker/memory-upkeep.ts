import { releaseCache } from "../../database/engine.js";
import { MIN_ENGINE_MEMORY_MB } from "../../shared/engine-memory.js";
import type { StoreFile } from "./store-file.js";

/** What the collector may hold beside the memory of the engine before the engine gives back what it has cached. */
const BESIDE_ENGINE_MB = 256;
const MIN_PAUSE_MS = 5000;

/**
 * Keeps the memory of the whole process near what the engine may use. The engine caches every block that it writes, and gives
 * none back until its own memory is full, although the process may hold much else.
 */
export class MemoryUpkeep {
  readonly #engineMb: number;
  #lastRelease = 0;

  /** @param engineMb - that the engine may use, in megabytes. */
  constructor(engineMb = MIN_ENGINE_MEMORY_MB) {
    this.#engineMb = engineMb;
  }

  isDue(now = performance.now()): boolean {
    const maxBytes = (this.#engineMb + BESIDE_ENGINE_MB) * 1_000_000;
    return now - this.#lastRelease >= MIN_PAUSE_MS && process.memoryUsage.rss() > maxBytes;
  }

  /** Nothing else may run on the file meanwhile. */
  async release(file: StoreFile): Promise<void> {
    this.#lastRelease = performance.now();
    const { maintenance } = await file.open();
    await releaseCache(maintenance, this.#engineMb);
  }
}
