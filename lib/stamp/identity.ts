import { v5 } from "uuid";
import { OgrtError } from "../errors.js";
import type { PackageMetadata } from "./package-metadata.js";
import { unknownKey } from "./unknown-key.js";

/** Input of a derived UUID. The order of lists matters. */
export interface Ingredients {
  package?: PackageMetadata | undefined;
  /** Compiler and linker, as any text. */
  toolchain?: string | undefined;
  /** Dependencies of the build, such as `zlib/1.2.13`. */
  dependencies?: readonly string[];
  /** Contents of input files, or digests of them. Do not add file names: they change from build to build. */
  inputs?: readonly Uint8Array[];
}

const INGREDIENTS: Record<keyof Ingredients, true> = {
  package: true,
  toolchain: true,
  dependencies: true,
  inputs: true,
};

/** Namespace of derived UUIDs: a random UUID, made for this purpose. */
const NAMESPACE = "9e1b1d0c-6f0e-4f6b-9f0a-3c54a1c6f7d2";

/**
 * A UUID that depends on the ingredients alone: version 5 (RFC 9562 section 5.5) over a list of labelled byte strings.
 * Each has its length in front, so that no two lists give the same bytes.
 *
 * @throws {@link OgrtError} INVALID_IDENTITY when there are no ingredients, INVALID_PARAMETER for one of another name.
 */
export function deriveUuid(ingredients: Ingredients): string {
  const unknown = unknownKey(ingredients, INGREDIENTS);
  if (unknown !== undefined) {
    const known = Object.keys(INGREDIENTS).join(", ");
    throw new OgrtError("INVALID_PARAMETER", `"${unknown}" is not an ingredient of a UUID: these are ${known}`, {
      value: unknown,
    });
  }
  const items = itemsOf(ingredients);
  if (items.length === 0) {
    throw new OgrtError("INVALID_IDENTITY", "a reproducible UUID needs a name, version or input to derive it from");
  }
  return v5(join(items), NAMESPACE);
}

type Item = [label: string, bytes: Uint8Array];

function itemsOf({ package: metadata = {}, toolchain, dependencies = [], inputs = [] }: Ingredients): Item[] {
  const encoder = new TextEncoder();
  const texts: [string, string | undefined][] = [
    ...Object.keys(metadata)
      .sort()
      .map((key): [string, string | undefined] => [`package.${key}`, metadata[key]]),
    ["toolchain", toolchain],
    ...dependencies.map((dependency): [string, string] => ["dependency", dependency]),
  ];
  return [
    ...texts.flatMap(([label, text]): Item[] => (text === undefined ? [] : [[label, encoder.encode(text)]])),
    ...inputs.map((bytes): Item => ["input", bytes]),
  ];
}

/** `label length NUL bytes` for each item. Labels contain no space. */
function join(items: Item[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts = items.flatMap(([label, bytes]) => [encoder.encode(`${label} ${bytes.length}\0`), bytes]);
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
