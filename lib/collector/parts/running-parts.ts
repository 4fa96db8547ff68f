/** A running part of the collector. */
export interface Part {
  stop(): void | Promise<void>;
}

/** The parts that run, in the order of their start. They stop in reverse order. */
export class RunningParts {
  readonly #parts: Part[] = [];

  add<P extends Part>(part: P): P {
    this.#parts.push(part);
    return part;
  }

  /** Stops every part, also when one of them fails to. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      try {
        await part.stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
