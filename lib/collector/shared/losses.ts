import { statSync } from "node:fs";
import { writeWhole } from "../../files/index.js";
import { readOwn } from "../../files/read-own.js";
import { plural } from "../../shared/plural.js";

/** Records that were acknowledged and that the store lacks. */
export interface Loss {
  /** Time of the check that found it, as RFC 3339. */
  readonly found: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly records: number;
  /** When the collector received them, as RFC 3339; null when the record of commits does not reach back that far. */
  readonly from: string | null;
  readonly until: string | null;
  /** Holds no paths: /readyz shows it. */
  readonly reason: string;
  /** Damaged files that were kept, by their names in the data directory. */
  readonly kept: readonly string[];
  /** When an administrator accepted the loss. */
  readonly accepted: string | null;
}

/** The oldest accepted losses make room for new ones. */
const MAX_LOSSES = 100;
/** Far more than these take. */
const MAX_BYTES = 4 * 1024 * 1024;

const lossesPath = (store: string): string => `${store}.losses`;

export function describeLoss({ firstSequence, lastSequence, records, from, until, reason }: Loss): string {
  const times = until === null ? "" : `, received ${from === null ? "until" : `between ${from} and`} ${until}`;
  const what = `${records} acknowledged ${plural(records, "record")}, sequences ${firstSequence} to ${lastSequence}${times}`;
  return `the store lacks ${what}: ${reason}`;
}

/** The losses of a store, in a file that the collector writes at its start and `ogrt-query verify-store` when it accepts. */
export class Losses {
  readonly #path: string;
  #read: { readonly version: string; readonly losses: readonly Loss[] } | undefined;

  constructor(store: string) {
    this.#path = lossesPath(store);
  }

  /** @throws Error when the file cannot be read. */
  all(): readonly Loss[] {
    const stat = statSync(this.#path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const version = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    if (this.#read?.version !== version) {
      this.#read = { version, losses: JSON.parse(readOwn(this.#path, MAX_BYTES).toString()) as Loss[] };
    }
    return this.#read.losses;
  }

  outstanding(): readonly Loss[] {
    return this.all().filter(({ accepted }) => accepted === null);
  }

  /** Adds a loss; one that was found before, by a start that ended early, is replaced. */
  add(loss: Loss): void {
    const others = this.all().filter(
      ({ firstSequence, lastSequence, accepted }) =>
        accepted !== null || firstSequence !== loss.firstSequence || lastSequence !== loss.lastSequence,
    );
    this.#write([...others, loss]);
  }

  accept(time: string): void {
    this.#write(this.all().map((loss) => ({ ...loss, accepted: loss.accepted ?? time })));
  }

  #write(losses: readonly Loss[]): void {
    const isOld = (loss: Loss, index: number) => loss.accepted !== null && index < losses.length - MAX_LOSSES;
    const kept = losses.filter((loss, index) => !isOld(loss, index));
    writeWhole(this.#path, `${JSON.stringify(kept, null, 2)}\n`);
  }
}
