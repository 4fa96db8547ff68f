/** Longest time without a pause in which requests, timers and messages of threads have their turn. */
const SLICE_MS = 10;

/** Time for a part of long work, which pauses between two of its parts. */
export class TimeSlice {
  #end = performance.now() + SLICE_MS;

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Resolves in the next turn of the event loop, in which another slice begins. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#end = performance.now() + SLICE_MS;
  }
}
