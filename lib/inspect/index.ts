/** Inspects installed files: findings, catalogues, comparisons, checks and bills of materials. Node only. */
export {
  CATALOGUE_VERSION,
  type Catalogue,
  type CatalogueEntry,
  type CatalogueHeader,
  CatalogueWriter,
  catalogueEntries,
  catalogueEntry,
  readCatalogue,
} from "./catalogue.js";
export { byRelativePath, type Change, compareCatalogues } from "./compare.js";
export { type Filter, filterTest } from "./filter.js";
export type { ElfFacts, FileFacts, FileFinding, Finding, Problem, ProblemFinding } from "./finding.js";
export type { FileOptions } from "./inspect-file.js";
export * from "./outputs/index.js";
export {
  COLUMNS,
  type Column,
  DEFAULT_COLUMNS,
  type FileReportOptions,
  fileCsv,
  fileReport,
  fileTable,
} from "./report/index.js";
export { type LoaderCache, readLoaderCache } from "./resolve/cache.js";
export { isMissing, type ResolvedLibrary, type ResolveOptions, Resolver } from "./resolve/resolver.js";
export {
  Checker,
  type CheckOptions,
  DEFAULT_LEVELS,
  type Level,
  type Offence,
  RULES,
  type RuleName,
} from "./rules.js";
export { type Component, type CycloneDx, cycloneDx } from "./sbom.js";
export { inspect, type Scan, type ScanOptions, type Summary } from "./scan.js";
