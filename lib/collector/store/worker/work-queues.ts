/** Queues of work. Each runs its work one after the other; work may take its turn in several queues at once. */
export class WorkQueues<Q extends string> {
  readonly all: readonly Q[];
  /** The end of the last work of each queue. */
  readonly #last: Map<Q, Promise<unknown>>;
  readonly #running = new Set<Promise<unknown>>();
  #isHalted = false;

  constructor(queues: readonly Q[]) {
    this.all = queues;
    this.#last = new Map(queues.map((queue) => [queue, Promise.resolve()]));
  }

  /** Runs work when everything before it in these queues is done. */
  run<T>(queues: readonly Q[], work: () => Promise<T>): Promise<T> {
    const result = Promise.all(queues.map((queue) => this.#last.get(queue))).then(() => this.#begin(work));
    const finished = result.catch(() => {});
    for (const queue of queues) this.#last.set(queue, finished);
    return result;
  }

  /** Begins nothing more: what waits never ends. Resolves when nothing runs. */
  async halt(): Promise<void> {
    this.#isHalted = true;
    await Promise.allSettled(this.#running);
  }

  async #begin<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isHalted) return new Promise(() => {});
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}
