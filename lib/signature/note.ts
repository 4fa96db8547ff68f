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
