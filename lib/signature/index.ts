/** The OGRT note: its layout, and finding it in ELF files. */
export {
  canonicalUuid,
  OGRT_DESCRIPTOR_SIZE,
  OGRT_NOTE_TYPE,
  OGRT_OWNER,
  OGRT_SECTION,
  OGRT_VERSION,
} from "./note.js";
export { readSignatures, type Signature } from "./read.js";
