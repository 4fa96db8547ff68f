import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** Serious findings of axe-core on a page with their elements: WCAG 2.2 A and AA, and best practices. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Through the debugger, since the page's content security policy allows no other script.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
}
