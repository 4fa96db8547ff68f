/** Findings as text for people and for other programs. */
export { COLUMNS, type Column, DEFAULT_COLUMNS } from "./columns.js";
export { type PageOptions, page } from "./page.js";
export { fileCsv, fileTable } from "./table.js";
