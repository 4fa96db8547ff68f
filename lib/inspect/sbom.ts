import { randomUUID } from "node:crypto";
import type { FileFinding } from "./finding.js";
import { packageUrl } from "./purl.js";

/** A component of a CycloneDX document (https://cyclonedx.org/docs/1.6/json/). */
export interface Component {
  type: "application" | "library" | "file";
  "bom-ref": string;
  name: string;
  version?: string;
  /** Package URL of the package that the file says it belongs to. */
  purl?: string;
  hashes?: { alg: "SHA-256"; content: string }[];
  evidence: { occurrences: { location: string }[] };
  properties: { name: string; value: string }[];
}

export interface CycloneDx {
  bomFormat: "CycloneDX";
  specVersion: "1.6";
  serialNumber: string;
  version: 1;
  metadata: { timestamp: string; tools: { components: { type: "application"; name: string; version: string }[] } };
  components: Component[];
}

const TYPES: Readonly<Record<string, Component["type"]>> = {
  program: "application",
  "static program": "application",
  PIE: "application",
  "static PIE": "application",
  "shared object": "library",
  archive: "library",
};

/** Properties that keep what package metadata says and the other parts of a component cannot hold. */
const PACKAGE_PROPERTIES = {
  type: "ogrt:package:type",
  os: "ogrt:package:os",
  osVersion: "ogrt:package:os-version",
  architecture: "ogrt:package:architecture",
};

/**
 * A bill of materials in CycloneDX 1.6. Files with the same SHA-256 are one component with several occurrences.
 */
export function cycloneDx(findings: Iterable<FileFinding>, toolVersion: string, created = new Date()): CycloneDx {
  const components = new Map<string, Component>();
  for (const finding of findings) {
    const key = finding.sha256 ?? `${finding.buildId ?? ""} ${finding.path}`;
    const known = components.get(key);
    if (known === undefined) components.set(key, component(finding, components.size));
    else known.evidence.occurrences.push({ location: finding.path });
  }
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: created.toISOString(),
      tools: { components: [{ type: "application", name: "ogrt-inspect", version: toolVersion }] },
    },
    components: [...components.values()],
  };
}

function component(finding: FileFinding, index: number): Component {
  const { kind, path, signatures, buildId, sha256, soname, machine } = finding;
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const version = text(finding.package?.["version"]);
  const purl = finding.package && packageUrl(finding.package);
  const hasProgram = finding.members === undefined || finding.members.length > 0;
  const property = (name: string, value: string | undefined) => (value === undefined ? [] : [{ name, value }]);
  return {
    type: (hasProgram ? TYPES[kind] : undefined) ?? "file",
    "bom-ref": `file-${index}`,
    name: text(finding.package?.["name"]) ?? soname ?? path.slice(path.lastIndexOf("/") + 1),
    ...(version !== undefined && { version }),
    ...(purl !== undefined && { purl }),
    ...(sha256 !== undefined && { hashes: [{ alg: "SHA-256", content: sha256 }] }),
    evidence: { occurrences: [{ location: path }] },
    properties: [
      ...signatures.map(({ uuid }) => ({ name: "ogrt:uuid", value: uuid })),
      ...property("ogrt:build-id", buildId),
      ...property("ogrt:kind", kind),
      ...property("ogrt:machine", machine),
      ...Object.entries(PACKAGE_PROPERTIES).flatMap(([key, name]) => property(name, text(finding.package?.[key]))),
    ],
  };
}
