import { OgrtError } from "../errors.js";

/**
 * Package that a file belongs to, in the keys of the FDO package note
 * (https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/). Other keys are allowed too.
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

/** Keys of the specification, in the order in which they are written. */
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
const MAX_VALUE_LENGTH = 4096;
const MAX_KEYS = 64;

/**
 * Valid package metadata in canonical order: the specification's keys, then the others by name, without undefined ones.
 * Undefined when no key is left.
 *
 * @throws {@link OgrtError} INVALID_METADATA for a key or value that a package note must not hold.
 */
export function checkedMetadata(metadata: PackageMetadata): PackageMetadata | undefined {
  const given = Object.keys(metadata).filter((key) => metadata[key] !== undefined);
  const standard: readonly string[] = PACKAGE_KEYS;
  const further = given.filter((key) => !standard.includes(key)).sort();
  const keys = [...standard.filter((key) => given.includes(key)), ...further];
  if (keys.length > MAX_KEYS) {
    throw new OgrtError("INVALID_METADATA", `${keys.length} package keys are more than ${MAX_KEYS}`, {
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
 * A text without control characters, double quotes and invalid Unicode. U+FFFD is refused too: it stands for bytes that
 * were not valid UTF-8.
 *
 * @param what - name of the text in errors.
 * @throws {@link OgrtError} INVALID_METADATA.
 */
function checkedText(what: string, text: unknown): string {
  const refuse = (reason: string) =>
    new OgrtError("INVALID_METADATA", `the value of ${what} ${reason}`, { value: String(text).slice(0, 100) });
  if (typeof text !== "string") throw refuse("is not a text");
  if (text === "") throw refuse("is empty");
  if (text.length > MAX_VALUE_LENGTH) throw refuse(`has ${text.length} characters, more than ${MAX_VALUE_LENGTH}`);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw refuse("contains a control character");
  if (text.includes('"')) throw refuse("contains a double quote");
  if (/\ufffd|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw refuse("is not valid UTF-8");
  }
  return text;
}

/** Descriptor of the package note: one JSON object and a NUL. */
export function packageDescriptor(metadata: PackageMetadata): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(metadata)}\0`);
}
