/** What becomes of the findings of a scan: listings, states and checks. */
export { csvListing, type FileReportsOptions, fileReports, json, ndjson, sbom, tableListing } from "./listings.js";
export type { Outcome, Output, Write } from "./output.js";
export { catalogueOutput, checkOutput, comparison } from "./states.js";
