import { ELF_KINDS } from "../elf/index.js";
import { pathGlob } from "../shared/glob.js";
import { type FileFinding, isStamped } from "./finding.js";

/** What `kind` of a finding may be. */
export const FILE_KINDS: readonly string[] = [...ELF_KINDS, "archive"];

/** Criteria for findings; a finding must meet all that are given. */
export interface Filter {
  stamped?: boolean;
  uuid?: string;
  buildId?: string;
  /** Path glob on the soname. */
  soname?: string;
  /** Path glob on the names of needed libraries. */
  needs?: string;
  /** Kind, such as `shared object`, or a prefix of it. */
  kind?: string;
}

export function filterTest(filter: Filter): (finding: FileFinding) => boolean {
  const soname = filter.soname === undefined ? undefined : pathGlob(filter.soname);
  const needs = filter.needs === undefined ? undefined : pathGlob(filter.needs);
  const uuid = filter.uuid?.toLowerCase();
  const buildId = filter.buildId?.toLowerCase();
  const kind = filter.kind?.toLowerCase();
  return (finding) => {
    if (filter.stamped !== undefined && isStamped(finding) !== filter.stamped) return false;
    if (uuid !== undefined && !finding.signatures.some((signature) => signature.uuid === uuid)) return false;
    if (buildId !== undefined && finding.buildId?.startsWith(buildId) !== true) return false;
    if (soname !== undefined && (finding.soname === undefined || !soname(finding.soname))) return false;
    if (needs !== undefined && !finding.needed.some(needs)) return false;
    return kind === undefined || finding.kind.toLowerCase().startsWith(kind);
  };
}
