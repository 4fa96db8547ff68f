import { isObject } from "../../shared/json.js";
import { FDO_OWNER, NT_FDO_PACKAGING_METADATA } from "../constants.js";
import { descriptorJson } from "./json.js";
import type { NoteKind } from "./note-kind.js";

/** Which package a file belongs to (https://systemd.io/COREDUMP_PACKAGE_METADATA: owner `FDO`, type 0xcafe1a7e). */
export interface PackageNote {
  kind: "FDO package metadata";
  /** The JSON object; usual keys are type, name, version, architecture, os, osVersion, osCpe, appCpe, debugInfoUrl. */
  package: Record<string, unknown>;
}

export const PackageNote: NoteKind<PackageNote> = {
  owner: FDO_OWNER,
  type: NT_FDO_PACKAGING_METADATA,
  decode(descriptor) {
    const value = descriptorJson(descriptor);
    return isObject(value) ? { kind: "FDO package metadata", package: value } : undefined;
  },
};
