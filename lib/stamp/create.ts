import { v4, v7 } from "uuid";
import { OgrtError } from "../errors.js";
import { canonicalUuid } from "../signature/index.js";
import { deriveUuid, type Ingredients } from "./identity.js";
import { checkedMetadata, type PackageMetadata } from "./package-metadata.js";

/** What is linked into one program or library. Plain data: it survives JSON. */
export interface Stamp {
  /** The identity, which the OGRT note carries: 36 lower-case characters. */
  uuid: string;
  /** What the package note says; without it there is none. */
  package?: PackageMetadata;
}

export interface StampOptions {
  /** Identity to use, in the 36-character form; a random one (UUID version 4, RFC 9562) by default. */
  uuid?: string;
  /** Makes a UUID version 7, which sorts by time, of this moment in milliseconds since the epoch. */
  timeOrdered?: number;
  /** Derives the UUID from these and from `package`: the same for the same ingredients. */
  deriveFrom?: Omit<Ingredients, "package">;
  package?: PackageMetadata;
}

/** UUID version 7 has 48 bits for milliseconds. */
const LAST_MOMENT = 2 ** 48 - 1;

/**
 * Makes a stamp. {@link stampAssembly}, {@link stampObject} and {@link stampSource} turn it into something to link.
 * At most one of `uuid`, `timeOrdered` and `deriveFrom` chooses the identity.
 *
 * @throws {@link OgrtError} INVALID_UUID when `uuid` is none, INVALID_METADATA when `package` can't be written,
 * INVALID_IDENTITY when there is nothing to derive an identity from or more than one way is chosen.
 */
export function createStamp(options: StampOptions = {}): Stamp {
  const metadata = options.package && checkedMetadata(options.package);
  const uuid = identity(options, metadata);
  return { uuid, ...(metadata !== undefined && { package: metadata }) };
}

function identity({ uuid, timeOrdered, deriveFrom }: StampOptions, metadata: PackageMetadata | undefined): string {
  if ([uuid, timeOrdered, deriveFrom].filter((choice) => choice !== undefined).length > 1) {
    throw new OgrtError("INVALID_IDENTITY", "a UUID is either given, or ordered by time, or derived");
  }
  if (deriveFrom !== undefined) return deriveUuid({ ...deriveFrom, package: metadata });
  if (timeOrdered !== undefined) return momentUuid(timeOrdered);
  if (uuid === undefined) return v4();
  const canonical = canonicalUuid(uuid);
  if (canonical === undefined) throw new OgrtError("INVALID_UUID", `"${uuid}" is not a UUID`, { value: uuid });
  return canonical;
}

function momentUuid(milliseconds: number): string {
  if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > LAST_MOMENT) {
    throw new OgrtError("INVALID_IDENTITY", `${milliseconds} is no time that a UUID can hold`, { value: milliseconds });
  }
  return v7({ msecs: milliseconds });
}
