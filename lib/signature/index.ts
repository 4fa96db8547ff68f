/** The OGRT note: its layout, and how to find it in ELF files. */

export { canonicalUuid } from "../shared/uuid.js";
export { type ArchiveSignatureOptions, type MemberSignatures, readArchiveSignatures } from "./archive.js";
export {
  OGRT_DESCRIPTOR_SIZE,
  OGRT_NOTE_TYPE,
  OGRT_OWNER,
  OGRT_SECTION,
  OGRT_VERSION,
} from "./note.js";
export { decodeSignature, readSignatures, type Signature } from "./read.js";
