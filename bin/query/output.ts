import type { Answer } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { localTime } from "../../lib/shared/time.js";
import { EXIT } from "../shared/exit.js";
import { complain } from "../shared/program.js";
import { type Column, listingCsv, listingTable } from "./listing.js";

export const TOOL = "ogrt-query";

export type Format = "table" | "json" | "csv";

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** Prints an answer on stdout and its coverage on stderr. */
export function showAnswer(format: Format, answer: Coverage, isFound: boolean, text: () => string): void {
  if (format === "csv") throw new OgrtError("INVALID_PARAMETER", "this command prints no list, so it has no --csv");
  if (!isFound) process.exitCode = EXIT.negative;
  if (format === "json") {
    printJson(answer);
    return;
  }
  if (isFound) process.stdout.write(text());
  else complain(TOOL, "nothing found");
  showCoverage(answer);
}

export function showList<R>(format: Format, answer: Coverage, rows: readonly R[], columns: readonly Column<R>[]): void {
  if (format !== "csv") {
    showAnswer(format, answer, rows.length > 0, () => listingTable(columns, rows));
    return;
  }
  if (rows.length === 0) process.exitCode = EXIT.negative;
  process.stdout.write(listingCsv(columns, rows));
  showCoverage(answer);
}

/** Prints the result of an admin operation. */
export function showResult(format: Format, result: object, text: string): void {
  if (format === "json") printJson(result);
  else process.stdout.write(text);
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function showCoverage(answer: Coverage): void {
  process.stderr.write(coverageLine(answer));
  if (answer.next != null) process.stderr.write(`(more: --cursor ${answer.next})\n`);
}

/** The time span of an answer, its number of processes, and what is missing from it. */
function coverageLine({ span, completeness }: Coverage): string {
  const { rejected, dropped, kernelDropped, unseenMinutes, unchecked, incomplete, withoutEnd, rollupLag, processes } =
    completeness;
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const gaps = [
    [sum(rejected), "frames were rejected"],
    [sum(dropped), "frames were dropped"],
    [kernelDropped, "datagrams were dropped by the kernel"],
    [unseenMinutes, "minutes passed without a collector"],
    [incomplete, "processes are incomplete"],
    [unchecked, "programs were not checked on disk"],
    [withoutEnd, "processes have no end"],
    [rollupLag, "stored records are not rolled up yet"],
  ] as const;
  const missing = gaps.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  return `(${from}${processes} processes${missing.length > 0 ? `; ${missing.join(", ")}` : ""})\n`;
}
