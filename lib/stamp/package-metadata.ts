import { OgrtError } from "../errors.js";

/**
 * What a stamp says about the package that a file belongs to, in the keys of the FDO package note
 * (https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/). Further keys are allowed.
 */
export interface PackageMetadata {
  /** Namespace of name and version: `deb`, `rpm`, `easybuild`, `spack`… */
  type?: string;
  name?: string;
  version?: string;
  architecture?: string;
  /** ID of os-release(5). */
  os?: string;
  /** VERSION_ID of os-release(5). */
  osVersion?: string;
  osCpe?: string;
  appCpe?: string;
  debugInfoUrl?: string;
  [key: string]: string | undefined;
}

export const PACKAGE_NOTE_SECTION = ".note.package";

/** The keys of the specification, in the order in which they are written. */
export const PACKAGE_KEYS = [
  "type",
  "name",
  "version",
  "architecture",
  "os",
  "osVersion",
  "osCpe",
  "appCpe",
  "debugInfoUrl",
] as const;

const KEY = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const MAXIMUM_VALUE = 4096;
const MAXIMUM_KEYS = 64;

/**
 * Sound package metadata in its canonical order (the specification's keys, then the others by name), without the keys
 * that are undefined; undefined when there is nothing to say.
 *
 * @throws {@link OgrtError} INVALID_METADATA for a key or value that a package note should not hold.
 */
export function checkedMetadata(metadata: PackageMetadata): PackageMetadata | undefined {
  const given = Object.keys(metadata).filter((key) => metadata[key] !== undefined);
  const standard: readonly string[] = PACKAGE_KEYS;
  const further = given.filter((key) => !standard.includes(key)).sort();
  const keys = [...standard.filter((key) => given.includes(key)), ...further];
  if (keys.length > MAXIMUM_KEYS) {
    throw new OgrtError("INVALID_METADATA", `${keys.length} package keys are more than ${MAXIMUM_KEYS}`, {
      value: keys.length,
    });
  }
  if (keys.length === 0) return undefined;
  return Object.fromEntries(keys.map((key) => [checkedKey(key), checkedText(key, metadata[key])]));
}

function checkedKey(key: string): string {
  if (KEY.test(key)) return key;
  throw new OgrtError("INVALID_METADATA", `"${key}" cannot be the key of a package value`, { value: key });
}

/**
 * A text that names something: no control characters, no double quotes, and nothing that is not Unicode. U+FFFD is
 * refused too, because it is all that is left of bytes that were no UTF-8 by the time they arrive here.
 *
 * @param what - what errors call it.
 * @throws {@link OgrtError} INVALID_METADATA.
 */
export function checkedText(what: string, text: unknown): string {
  const refuse = (reason: string) =>
    new OgrtError("INVALID_METADATA", `the value of ${what} ${reason}`, { value: String(text).slice(0, 100) });
  if (typeof text !== "string") throw refuse("is no text");
  if (text === "") throw refuse("is empty");
  if (text.length > MAXIMUM_VALUE) throw refuse(`has ${text.length} characters, more than ${MAXIMUM_VALUE}`);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw refuse("has a control character in it");
  if (text.includes('"')) throw refuse("has a double quote in it");
  if (/\ufffd|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw refuse("is not valid UTF-8");
  }
  return text;
}

/** Descriptor of the package note: one JSON object and a NUL. */
export function packageDescriptor(metadata: PackageMetadata): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(metadata)}\0`);
}
