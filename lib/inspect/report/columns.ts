import { basename } from "node:path/posix";
import type { FileFinding } from "../finding.js";

/** Columns of tables and CSV, by name. */
export const COLUMNS = {
  path: ({ path }) => path,
  name: ({ path }) => basename(path),
  kind: ({ kind }) => kind,
  machine: ({ machine }) => machine?.replace("EM_", "") ?? "",
  bits: ({ bits }) => bits?.toString() ?? "",
  uuid: ({ signatures }) => signatures.map(({ uuid }) => uuid).join(" "),
  "build-id": ({ buildId }) => buildId ?? "",
  package: ({ package: metadata }) => packageName(metadata),
  soname: ({ soname }) => soname ?? "",
  needed: ({ needed }) => needed.join(" "),
  rpath: ({ rpath }) => rpath ?? "",
  runpath: ({ runpath }) => runpath ?? "",
  interpreter: ({ interpreter }) => interpreter ?? "",
  compilers: ({ compilers }) => compilers.join("; "),
  stack: ({ hardening }) => hardening?.stack ?? "",
  relro: ({ hardening }) => hardening?.relro ?? "",
  size: ({ size }) => String(size),
  modified: ({ modified }) => modified,
  owner: ({ uid, gid }) => `${uid}:${gid}`,
  mode: ({ mode }) => mode,
  sha256: ({ sha256 }) => sha256 ?? "",
} as const satisfies Record<string, (finding: FileFinding) => string>;

export type Column = keyof typeof COLUMNS;

export const DEFAULT_COLUMNS: readonly Column[] = ["kind", "uuid", "build-id", "path"];

/** `name version` from FDO package metadata. */
export function packageName(metadata: Record<string, unknown> | undefined): string {
  const parts = [metadata?.["name"], metadata?.["version"]].filter((part) => typeof part === "string");
  return parts.join(" ");
}
