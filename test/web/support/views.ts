import { hostname } from "node:os";
import type { Page } from "playwright-core";
import type { Filled } from "./filled.js";

const encoded = encodeURIComponent;

/** Addresses of views, and texts that each must show. */
export const views = ({ program, library, stamp, before, after, hostile, uuid }: Filled): [string, string[]][] => [
  ["/?since=all", ["Nothing was lost.", "No loss was counted.", "Attention", "Processes by day", "verified", "greet"]],
  ["/collector", ["Nothing was lost.", "No loss was counted.", "Receiving now", "Last hour"]],
  ["/live", ["Connected", "greet"]],
  ["/lookup", ["Who is affected?"]],
  [`/lookup?q=${stamp}`, [library, "verified", before]],
  [`/lookup?q=${encoded(library)}&show=users&domain=example.org`, ["@example.org", "Mail addresses"]],
  ["/lookup?q=libgreeting.so&show=hosts", ["Hosts on which it was used"]],
  ["/lookup?q=libgreeting.so&show=processes", [program]],
  ["/lookup?q=libgreeting.so&show=builds", ["Matching files, last use first"]],
  ["/lookup?q=libnothing.so.9", ["No process used this library"]],
  ["/jobs", [before, after]],
  [`/job?id=${before}`, [program, "GCC/12.2.0", "libgreeting.so", "mismatch"]],
  [`/job?id=${encoded(hostile)}`, ["onerror"]],
  ["/job?id=nobody", ["Nothing is known about this job"]],
  [`/compare?first=${before}&second=${after}`, ["libgreeting.so", "OMP_NUM_THREADS", "GCC/13.1.0", "--verbose"]],
  ["/user?name=alice", [before]],
  ["/user?name=alice&show=software", ["Software by runs"]],
  [`/host?name=${encoded(hostname())}`, ["Processes, last received first", program]],
  [`/host?name=${encoded(hostname())}&show=days`, ["Processes by day"]],
  [`/process?uuid=${uuid}`, ["onerror", "mallory"]],
  ["/process?uuid=00000000-0000-4000-8000-000000000000", ["This process is not in the store"]],
  ["/software", [program, "Runs"]],
  ["/software?show=users", ["Users' directories"]],
  ["/software?show=builds", ["No catalogue is loaded"]],
  ["/software?show=modules", ["Greeting/1.0"]],
  ["/problems", ["mismatch", "libgreeting.so"]],
  ["/problems?show=libraries", ["Libraries from unusual places"]],
  ["/problems?show=environments", ["Environments that break a rule"]],
  ["/problems?show=time", ["Frames by day"]],
  ["/problems?show=time&period=hour", ["Frames by hour"]],
  ["/problems?show=jobs", ["unseen-3"]],
  ["/problems?show=nodes", ["No agent gave a sign of life in this span"]],
  ["/problems?show=hosts", ["Processes by host and day"]],
  // A property that every JavaScript object has.
  ["/software?show=constructor", [program, "Runs"]],
];

/** Waits until a view shows texts of its answer. */
export async function shows(page: Page, words: string[]): Promise<void> {
  const main = page.locator("main");
  for (const word of words) await main.getByText(word).filter({ visible: true }).first().waitFor();
}
