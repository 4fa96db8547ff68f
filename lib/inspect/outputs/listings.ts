import { csvLine } from "../../shared/csv.js";
import { printable, printableJson } from "../../text/escape.js";
import type { FileFinding, Finding } from "../finding.js";
import type { Column } from "../report/columns.js";
import { type FileReportOptions, fileReport } from "../report/file-report.js";
import { fileCsv, fileTable } from "../report/file-table.js";
import { isMissing, type Resolver } from "../resolve/resolver.js";
import { cycloneDx } from "../sbom.js";
import type { Output, Write } from "./output.js";

export interface FileReportsOptions extends Omit<FileReportOptions, "resolution"> {
  /** Print the path of each file above its report. */
  titled: boolean;
  /** Lists the libraries that the loader would load. */
  resolver?: Resolver;
}

/** A report on each file, at once. Negative when a file is not stamped, or a library is missing or was not searched for. */
export function fileReports(write: Write, { titled, resolver, ...options }: FileReportsOptions): Output {
  let count = 0;
  let negative = false;
  return {
    file(finding) {
      const resolution = resolver?.resolve(finding.path);
      const title = titled ? `${printable(finding.path)}:\n` : "";
      const report = fileReport(finding, { ...options, ...(resolution !== undefined && { resolution }) });
      write(`${count++ > 0 ? "\n" : ""}${title}${report}`);
      negative ||= finding.signatures.length === 0 || resolution?.problem !== undefined;
      negative ||= resolution?.libraries.some(isMissing) === true;
    },
    end: () => (negative || count === 0 ? "negative" : "fine"),
  };
}

/** A table of all files, written at the end, because the widest cells set the width of columns. */
export function tableListing(write: Write, columns: readonly Column[], fit?: number): Output {
  const files: FileFinding[] = [];
  return {
    file: (finding) => void files.push(finding),
    end: () => void (files.length > 0 && write(fileTable(files, columns, fit))),
  };
}

export function csvListing(write: Write, columns: readonly Column[]): Output {
  write(csvLine(columns));
  return { file: (finding) => write(fileCsv(finding, columns)), end: () => undefined };
}

export function ndjson(write: Write): Output {
  const line = (finding: Finding) => write(`${printableJson(finding)}\n`);
  return { file: line, problem: line, end: () => undefined };
}

/** One array, written element by element. */
export function json(write: Write): Output {
  let count = 0;
  const add = (finding: Finding) => write(`${count++ === 0 ? "[" : ","}\n${printableJson(finding, 1)}`);
  return {
    file: add,
    problem: add,
    end: () => void write(count === 0 ? "[]\n" : "\n]\n"),
  };
}

export function sbom(write: Write, toolVersion: string): Output {
  const files: FileFinding[] = [];
  return {
    file: (finding) => void files.push(finding),
    end: () => void write(`${printableJson(cycloneDx(files, toolVersion), 2)}\n`),
  };
}
