import type { Amendments } from "../frames/amendments.js";
import type { AdminOperation, AdminResult } from "../http/routes.js";
import type { LogEvent } from "../log/log.js";
import type { Outputs } from "../outputs/main/outputs.js";
import type { Store } from "../store/main/store.js";
import type { StreamHub } from "../stream/hub.js";
import type { Verifier } from "../verification/verifier.js";
import type { Maintenance } from "./maintenance.js";
import { SecondLooks } from "./second-looks.js";

/** Why a file was not looked at, where it may be looked at now. */
const TRANSIENT_REASONS = ["overload", "timeout", "unavailable", "automount"] as const;

/** The parts of the collector that admin operations act on. */
interface Parts {
  readonly maintenance: Maintenance;
  readonly store: Store;
  readonly verifier: Verifier;
  readonly hub: StreamHub;
  readonly outputs: Outputs;
  readonly amendments: Amendments;
}

/** Carries out what administrators ask for, and logs it. */
export class AdminOperations {
  readonly #parts: Parts;
  readonly #log: LogEvent;

  constructor(parts: Parts, log: LogEvent) {
    this.#parts = parts;
    this.#log = log;
  }

  async perform(operation: AdminOperation): Promise<AdminResult> {
    const { name } = operation;
    try {
      const result = await this.#perform(operation);
      this.#log("admin-operation-done", `${name}: done`, { operation: name });
      return result;
    } catch (error) {
      this.#log("admin-operation-failed", `${name}: ${(error as Error).message}`, { operation: name });
      throw error;
    }
  }

  async #perform(operation: AdminOperation): Promise<AdminResult> {
    const { maintenance, hub, outputs, amendments } = this.#parts;
    switch (operation.name) {
      case "backup":
        return maintenance.backup(operation.file);
      case "export":
        return maintenance.export(operation.file);
      case "forget": {
        const { user, dryRun } = operation;
        if (!dryRun) {
          hub.forget((name) => name === user);
          amendments.forget(user);
        }
        const { files, ...own } = await maintenance.forget(user, dryRun);
        return { dryRun, ...own, files: [...files, ...(await outputs.forget({ user, dryRun }))] };
      }
      case "verify":
        return maintenance.inTurn(() => this.#reverify());
    }
  }

  async #reverify(): Promise<AdminResult> {
    const looks = new SecondLooks(this.#parts, TRANSIENT_REASONS);
    let [unresolved, resolved] = [0, 0];
    for (let found = await looks.find(); found.length > 0; found = await looks.find(found.at(-1))) {
      unresolved += found.length;
      resolved += await looks.amend(found);
    }
    return { unresolved, resolved };
  }
}
