import { v4, v7 } from "uuid";
import { OgrtError } from "../errors.js";
import { isWholeNumber } from "../shared/whole-number.js";
import { canonicalUuid } from "../signature/index.js";
import { deriveUuid, type Ingredients } from "./identity.js";
import { checkedMetadata, PACKAGE_KEYS, type PackageMetadata } from "./package-metadata.js";
import { unknownKey } from "./unknown-key.js";

/** The identity that is linked into one program or library. Plain data: it can be stored as JSON. */
export interface Stamp {
  /** UUID of the OGRT note: 36 lower-case characters. */
  uuid: string;
  /** Content of the package note; without it there is no such note. */
  package?: PackageMetadata;
}

export interface StampOptions {
  /** The UUID in its 36-character form; a random one (version 4, RFC 9562) by default. */
  uuid?: string;
  /** Milliseconds since the epoch: makes a UUID version 7 of that time, which sorts by time. */
  timeOrdered?: number;
  /** Derives the UUID from these and from `package`: the same ingredients give the same UUID. */
  deriveFrom?: Omit<Ingredients, "package">;
  package?: PackageMetadata;
}

const OPTIONS: Record<keyof StampOptions, true> = { uuid: true, timeOrdered: true, deriveFrom: true, package: true };

/** UUID version 7 has 48 bits for milliseconds. */
const MAX_TIME_MS = 2 ** 48 - 1;

/**
 * Makes a stamp. {@link stampAssembly}, {@link stampObject} and {@link stampSource} turn it into something to link.
 * At most one of `uuid`, `timeOrdered` and `deriveFrom` may be given.
 *
 * @throws {@link OgrtError} INVALID_UUID when `uuid` is not a UUID, INVALID_METADATA when `package` cannot be written,
 * INVALID_IDENTITY when there is nothing to derive a UUID from or more than one source is given, INVALID_PARAMETER when
 * there is another option or ingredient.
 */
export function createStamp(options: StampOptions = {}): Stamp {
  checkOptions(options);
  const metadata = options.package && checkedMetadata(options.package);
  const uuid = identity(options, metadata);
  return { uuid, ...(metadata !== undefined && { package: metadata }) };
}

/** A misplaced `name` would otherwise make a stamp that names nothing. */
function checkOptions(options: StampOptions): void {
  const unknown = unknownKey(options, OPTIONS);
  if (unknown === undefined) return;
  const known = Object.keys(OPTIONS).join(", ");
  const isPackageKey = (PACKAGE_KEYS as readonly string[]).includes(unknown);
  const advice = isPackageKey ? `write package: { ${unknown}: … }` : `the options are ${known}`;
  throw new OgrtError("INVALID_PARAMETER", `createStamp has no option "${unknown}": ${advice}`, { value: unknown });
}

function identity({ uuid, timeOrdered, deriveFrom }: StampOptions, metadata: PackageMetadata | undefined): string {
  if ([uuid, timeOrdered, deriveFrom].filter((choice) => choice !== undefined).length > 1) {
    throw new OgrtError("INVALID_IDENTITY", "give at most one of uuid, timeOrdered and deriveFrom");
  }
  if (deriveFrom !== undefined) return deriveUuid({ ...deriveFrom, package: metadata });
  if (timeOrdered !== undefined) return v7({ msecs: checkedTime(timeOrdered) });
  if (uuid === undefined) return v4();
  const canonical = canonicalUuid(uuid);
  if (canonical === undefined) throw new OgrtError("INVALID_UUID", `"${uuid}" is not a UUID`, { value: uuid });
  return canonical;
}

function checkedTime(value: number): number {
  if (isWholeNumber(value, 0, MAX_TIME_MS)) return value;
  throw new OgrtError("INVALID_IDENTITY", `${value} is outside the times that a UUID can hold`, { value });
}
