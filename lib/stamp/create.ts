import { v4 } from "uuid";
import { OgrtError } from "../errors.js";
import { canonicalUuid } from "../signature/index.js";

/** What is linked into one program or library: its identity, which the OGRT note carries. */
export interface Stamp {
  /** 36 lower-case characters. */
  uuid: string;
}

export interface StampOptions {
  /** Identity to use, in the 36-character form; a random one (UUID version 4, RFC 9562) by default. */
  uuid?: string;
}

/**
 * Makes a stamp. {@link stampAssembly} turns it into something to link.
 *
 * @throws {@link OgrtError} INVALID_UUID when `uuid` is none.
 */
export function createStamp(options: StampOptions = {}): Stamp {
  if (options.uuid === undefined) return { uuid: v4() };
  const uuid = canonicalUuid(options.uuid);
  if (uuid === undefined) {
    throw new OgrtError("INVALID_UUID", `"${options.uuid}" is not a UUID`, { value: options.uuid });
  }
  return { uuid };
}
