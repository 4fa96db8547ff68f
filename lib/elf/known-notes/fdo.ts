/** Which package a file belongs to (https://systemd.io/COREDUMP_PACKAGE_METADATA: owner `FDO`, type 0xcafe1a7e). */
export interface PackageNote {
  kind: "FDO package metadata";
  /** The JSON object; usual keys are type, name, version, architecture, os, osVersion, osCpe, appCpe, debugInfoUrl. */
  package: Record<string, unknown>;
}

/** Libraries that may be opened with dlopen (https://uapi-group.org/specifications/specs/elf_dlopen_metadata). */
export interface DlopenNote {
  kind: "FDO dlopen metadata";
  /** The JSON array: objects with soname, feature, description and priority. */
  dlopen: Record<string, unknown>[];
}

export const NT_FDO_PACKAGING_METADATA = 0xcafe1a7e;
export const NT_FDO_DLOPEN_METADATA = 0x407c0c0a;

export function decodePackage(descriptor: Uint8Array): PackageNote | undefined {
  const value = json(descriptor);
  return isObject(value) ? { kind: "FDO package metadata", package: value } : undefined;
}

export function decodeDlopen(descriptor: Uint8Array): DlopenNote | undefined {
  const value = json(descriptor);
  return Array.isArray(value) && value.every(isObject) ? { kind: "FDO dlopen metadata", dlopen: value } : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON text up to its NUL; undefined when it is none. */
function json(descriptor: Uint8Array): unknown {
  const terminator = descriptor.indexOf(0);
  try {
    return JSON.parse(new TextDecoder().decode(terminator === -1 ? descriptor : descriptor.subarray(0, terminator)));
  } catch {
    return undefined;
  }
}
