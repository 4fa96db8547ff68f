import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningCollector, spawnCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { seriousFindings } from "../../web/support/accessible.js";
import { describePage, PageTester } from "../../web/support/browser.js";
import { type Filled, fill } from "../../web/support/filled.js";
import { shows, views } from "../../web/support/views.js";

const folder = temporaryFolder();

describePage("the views", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  let filled: Filled;

  beforeAll(async () => {
    collector = await spawnCollector(join(folder, "data"));
    filled = await fill(collector, folder);
  });
  afterAll(() => collector?.stop());

  it.each(["light", "dark"] as const)("have no serious findings of axe-core in %s", async (colorScheme) => {
    const { page } = await pages.open(collector, "/", { colorScheme });
    const found: Record<string, string[]> = {};
    for (const [path, words] of views(filled)) {
      await page.goto(new URL(path, collector.where.http).href);
      await shows(page, words);
      const findings = await seriousFindings(page);
      if (findings.length > 0) found[path] = findings;
    }
    expect(found).toEqual({});
  });
});
