/** What becomes of the findings of a scan: listings, states and checks. */
export { csvListing, json, ndjson, type PagesOptions, pages, sbom, tableListing } from "./listings.js";
export type { Output, Verdict, Write } from "./output.js";
export { catalogueOutput, checkOutput, comparison } from "./states.js";
