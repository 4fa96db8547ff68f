/** Findings as text for people and for other programs. */
export { COLUMNS, type Column, DEFAULT_COLUMNS } from "./columns.js";
export { type FileReportOptions, fileReport } from "./file-report.js";
export { fileCsv, fileTable } from "./file-table.js";
