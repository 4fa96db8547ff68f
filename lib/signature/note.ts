/**
 * The OGRT note, version 1. Words have the byte order of the file; the layout is the same in ELF32 and ELF64.
 *
 * | part   | bytes     | value                                                                           |
 * | ------ | --------- | ------------------------------------------------------------------------------- |
 * | namesz | 4         | 5                                                                               |
 * | descsz | 4         | 38                                                                              |
 * | type   | 4         | 0x4f475254, "OGRT" read as a big-endian word                                    |
 * | name   | 5 + 3 pad | `OGRT` and a NUL                                                                |
 * | desc   | 38 + 2 pad | version byte 1, then the UUID as 36 lower-case ASCII characters and a NUL       |
 */
export const OGRT_OWNER = "OGRT";
export const OGRT_NOTE_TYPE = 0x4f475254;
export const OGRT_SECTION = ".note.ogrt.info";
export const OGRT_VERSION = 1;
/** Version byte, 36 characters, NUL. */
export const OGRT_DESCRIPTOR_SIZE = 38;

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A UUID in the spelling that notes use, 36 lower-case characters, or undefined when the text is not a UUID. Any variant
 * and version is accepted: the UUID is an opaque identity here, and new versions may appear (RFC 9562).
 *
 * @example
 * ```ts
 * assert.equal(canonicalUuid("B73C604D-C2E9-4057-AE31-586AA5EE29E3"), "b73c604d-c2e9-4057-ae31-586aa5ee29e3");
 * ```
 */
export function canonicalUuid(text: string): string | undefined {
  const lower = text.toLowerCase();
  return UUID_TEXT.test(lower) ? lower : undefined;
}
