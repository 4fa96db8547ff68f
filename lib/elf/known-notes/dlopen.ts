import { isObject } from "../../shared/json.js";
import { FDO_OWNER, NT_FDO_DLOPEN_METADATA } from "../constants.js";
import { descriptorJson } from "./json.js";
import type { NoteKind } from "./note-kind.js";

/** Libraries that may be opened with dlopen (https://uapi-group.org/specifications/specs/elf_dlopen_metadata). */
export interface DlopenNote {
  kind: "FDO dlopen metadata";
  /** The JSON array: objects with soname, feature, description and priority. */
  dlopen: Record<string, unknown>[];
}

export const DlopenNote: NoteKind<DlopenNote> = {
  owner: FDO_OWNER,
  type: NT_FDO_DLOPEN_METADATA,
  decode(descriptor) {
    const value = descriptorJson(descriptor);
    return Array.isArray(value) && value.every(isObject) ? { kind: "FDO dlopen metadata", dlopen: value } : undefined;
  },
};
