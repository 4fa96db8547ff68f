import { v5 } from "uuid";
import { OgrtError } from "../errors.js";
import type { PackageMetadata } from "./package-metadata.js";

/** What a reproducible identity is derived from. Order counts in the lists. */
export interface Ingredients {
  package?: PackageMetadata | undefined;
  /** Compiler and linker, in words of the build's choice. */
  toolchain?: string | undefined;
  /** What the build was made against, such as `zlib/1.2.13`. */
  dependencies?: readonly string[];
  /** Contents of inputs, or digests of them. Names of files must not enter: they change from build to build. */
  inputs?: readonly Uint8Array[];
}

/** Namespace of the derived UUIDs; a random UUID made once for this purpose. */
const NAMESPACE = "9e1b1d0c-6f0e-4f6b-9f0a-3c54a1c6f7d2";

/**
 * The same UUID for the same ingredients, always and everywhere: version 5 (RFC 9562 section 5.5) over a list of
 * labelled byte strings, each with its length, so that no two lists give the same bytes.
 *
 * @throws {@link OgrtError} INVALID_IDENTITY when there are no ingredients.
 */
export function deriveUuid(ingredients: Ingredients): string {
  const items = itemsOf(ingredients);
  if (items.length === 0) {
    throw new OgrtError(
      "INVALID_IDENTITY",
      "a reproducible UUID needs a name, a version or an input to derive it from",
    );
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

/** `label length NUL bytes` for each item; labels hold no space. */
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
