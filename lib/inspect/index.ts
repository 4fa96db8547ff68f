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
export { FILE_KINDS, type Filter, filterTest } from "./filter.js";
export type {
  ElfFacts,
  FileFacts,
  FileFinding,
  Finding,
  Problem,
  ProblemFinding,
  StatedFacts,
  UnreadPart,
} from "./finding.js";
export type { FileOptions } from "./inspect-file.js";
export {
  csvListing,
  type FileReportsOptions,
  fileReports,
  json,
  ndjson,
  sbom,
  tableListing,
} from "./outputs/listings.js";
export type { Outcome, Output, Write } from "./outputs/output.js";
export { catalogueOutput, checkOutput, comparison } from "./outputs/states.js";
export { problemLines } from "./problem-list.js";
export { COLUMNS, type Column, DEFAULT_COLUMNS } from "./report/columns.js";
export { type FileReportOptions, fileReport } from "./report/file-report.js";
export { fileCsv, fileTable } from "./report/file-table.js";
export { type LoaderCache, readLoaderCache } from "./resolve/cache.js";
export { isMissing, type Resolution, type ResolvedLibrary, type ResolveOptions, Resolver } from "./resolve/resolver.js";
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
