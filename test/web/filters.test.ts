import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { sharedCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { object, processEnd, processStart } from "../wire/samples.js";
import { describePage, PageTester } from "./support/browser.js";

/** Time for an answer on a busy machine. */
const SLOW = { timeout: 60_000 };

describePage("the page finds", () => {
  const pages = new PageTester();
  const collector = sharedCollector(join(temporaryFolder(), "data"));
  const open = async (path: string) => {
    if ((await collector().accounting()).received === 0) {
      const library = (name: string) => ({ ...object(`/sw/${name}`), soname: name });
      const starts = [
        processStart({ job: "plain", host: "n1", program: object("/sw/sleep") }),
        processStart({ job: "one", host: "n1", program: object("/sw/solve"), objects: [library("libmpi.so.40")] }),
        processStart({ job: "two", host: "n1", objects: [library("libmpi.so.40"), library("libmpi.so.12")] }),
      ];
      const ends = [starts[0], starts[2]].map((start) => processEnd(start?.uuid ?? ""));
      await collector().send(...[...starts, ...ends].map((message) => encodeMessage(message)));
      await collector().waitForFrames(starts.length + ends.length);
    }
    return (await pages.open(collector(), path)).page;
  };
  const rows = (page: Page) => page.locator("tbody tr");

  it("what runs now on a host", async () => {
    const page = await open("/host?name=n1");
    await expect.poll(() => rows(page).count(), SLOW).toBe(3);
    await page.getByRole("link", { name: "Running now" }).click();
    await expect.poll(() => rows(page).count(), SLOW).toBe(1);
    expect(await rows(page).innerText()).toContain("/sw/solve");
  });

  it("jobs that used one library with another, and without it", async () => {
    const page = await open("/jobs");
    await page.getByLabel("Used", { exact: true }).fill("libmpi.so.40");
    await page.getByLabel("Also used").fill("libmpi.so.12");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => rows(page).allInnerTexts(), SLOW).toEqual([expect.stringContaining("two")]);
    await page.getByLabel("Also used").fill("");
    await page.getByLabel("Not used").fill("libmpi.so.12");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => rows(page).allInnerTexts(), SLOW).toEqual([expect.stringContaining("one")]);
  });
});
