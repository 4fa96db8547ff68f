import type { AdminOperation, AdminResult } from "../http/admin-operation.js";
import type { LogEvent } from "../log/log.js";
import type { Outputs } from "../outputs/main/outputs.js";
import type { Committer } from "../store/main/committer.js";
import type { Store } from "../store/main/store.js";
import type { StreamHub } from "../stream/hub.js";
import type { Verifier } from "../verification/verifier.js";
import type { Maintenance } from "./maintenance.js";
import { reverify } from "./reverification.js";

/** Whoever has to do with an order. */
interface Parts {
  readonly maintenance: Maintenance;
  readonly store: Store;
  readonly committer: Committer;
  readonly verifier: Verifier;
  readonly hub: StreamHub;
  readonly outputs: Outputs;
}

/** How often it is looked for processes that are too old, in milliseconds. */
const RETAIN_EVERY = 3_600_000;

/** What administrators order, and what is done by the clock; all of it is logged. */
export class AdminOperations {
  readonly #parts: Parts;
  readonly #log: LogEvent;
  #retention: NodeJS.Timeout | undefined;

  constructor(parts: Parts, log: LogEvent) {
    this.#parts = parts;
    this.#log = log;
  }

  async perform(order: AdminOperation): Promise<AdminResult> {
    const { name } = order;
    try {
      const done = await this.#perform(order);
      this.#log("admin-operation-done", `${name}: done`, { order: name });
      return done;
    } catch (error) {
      this.#log("admin-operation-failed", `${name}: ${(error as Error).message}`, { order: name });
      throw error;
    }
  }

  /** Removes now and then what was received more than so many days ago; nothing when undefined. */
  retain(days: number | undefined): void {
    this.stop();
    if (days === undefined) return;
    const remove = () => {
      this.#parts.maintenance.retain(days).then(
        (isDone) => isDone && this.#log("retention-done", `processes older than ${days} days were removed`, { days }),
        (error: Error) =>
          this.#log("retention-failed", `processes older than ${days} days stay: ${error.message}`, { days }),
      );
    };
    remove();
    this.#retention = setInterval(remove, RETAIN_EVERY).unref();
  }

  /** No more is done by the clock. */
  stop(): void {
    clearInterval(this.#retention);
  }

  async #perform(order: AdminOperation): Promise<AdminResult> {
    const { maintenance, hub, outputs } = this.#parts;
    switch (order.name) {
      case "backup":
        return maintenance.backup(order.file);
      case "export":
        return maintenance.export(order.file);
      case "forget": {
        hub.forget(({ message }) => message.user === order.user);
        const { files = [] } = await maintenance.forget(order.user);
        return { files: [...files, ...(await outputs.forget(order.user))] };
      }
      case "verify":
        return maintenance.inTurn(() => this.#verify());
    }
  }

  /** Looks at the files again that nobody looked at. */
  async #verify(): Promise<AdminResult> {
    const { store, verifier, committer } = this.#parts;
    const unresolved = await store.task("unresolved", {});
    const resolved = await reverify(verifier, unresolved);
    if (resolved.length > 0) await committer.exclusively(() => store.task("resolve", { resolved }));
    return { unresolved: unresolved.length, resolved: resolved.length };
  }
}
