import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { sharedCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { object, processEnd, processStart } from "../wire/samples.js";
import { describePage, PageTester } from "./support/browser.js";

const JOBS = 60;
const HOUR_MS = 3_600_000n;
/** Time for an answer on a busy machine. */
const SLOW = { timeout: 60_000 };

describePage("the page", () => {
  const pages = new PageTester();
  const collector = sharedCollector(join(temporaryFolder(), "data"));
  const open = async (path: string, options = {}) => {
    if ((await collector().accounting()).received === 0) {
      const starts = Array.from({ length: JOBS }, (_, index) =>
        processStart({ job: `job-${index}`, host: "elsewhere", program: object("/opt/solve") }),
      );
      const { usage } = processEnd("");
      const ends = starts.map(({ uuid }) => processEnd(`${uuid}`, { usage: { ...usage, userTime: 10n * HOUR_MS } }));
      await collector().send(...[...starts, ...ends].map((message) => encodeMessage(message)));
      await collector().waitForFrames(2 * JOBS);
    }
    return (await pages.open(collector(), path, options)).page;
  };
  const rows = (page: Page) => page.locator("tbody tr");

  it("says once that the collector does not answer, and calls no old answer good", async () => {
    const page = await open("/");
    await page.getByText("Nothing was lost.").waitFor();
    await page.getByText("known for").or(page.getByText("core h")).first().waitFor();
    await page.context().setOffline(true);
    await page.getByText("When the collector answered last").waitFor();
    await page.waitForTimeout(3000);
    expect(await page.getByRole("alert").count()).toBe(1);
    expect(await page.locator(".tone-good").count()).toBe(0);
    await page.context().setOffline(false);
    await page.locator(".tone-good").waitFor();
    await expect.poll(() => page.getByRole("alert").count(), SLOW).toBe(0);
  });

  it("gives CPU time in core hours", async () => {
    const page = await open("/jobs");
    await rows(page).first().waitFor();
    expect(await rows(page).first().innerText()).toContain("10.0 core h");
  });

  it("shows a phone the column that orders a list", async () => {
    const page = await open("/software?by=cpu", { viewport: { width: 390, height: 800 } });
    await page.getByRole("columnheader", { name: "CPU time" }).waitFor();
    expect(await page.getByRole("columnheader", { name: "Named by" }).isVisible()).toBe(false);
  });

  it("has targets of at least 24 pixels", async () => {
    const page = await open("/");
    for (const path of ["/", "/jobs", "/job?id=job-7", "/software", "/lookup?q=/opt/solve", "/problems?show=hosts"]) {
      await page.goto(new URL(path, collector().where.http).href);
      await page.locator("main :is(tbody, figure)").first().waitFor();
      await expect.poll(() => page.locator("main .loading").count(), SLOW).toBe(0);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("a, button, input, select, summary")]
          // Links in a sentence are exempt (WCAG 2.2, 2.5.8).
          .filter((element) => element.closest("p, .skip") === null)
          .map((element) => ({ text: element.textContent, height: element.getBoundingClientRect().height }))
          .filter(({ height }) => height > 0 && height < 23.9),
      );
      expect({ path, small }).toEqual({ path, small: [] });
    }
  });

  it("keeps the headings of a long table in sight", async () => {
    const page = await open("/jobs", { viewport: { width: 1280, height: 600 } });
    await rows(page)
      .nth(JOBS - 1)
      .scrollIntoViewIfNeeded();
    expect(await page.getByRole("columnheader", { name: "Processes" }).boundingBox()).toMatchObject({ y: 0 });
  });

  it("prints the answer without what only a screen can use", async () => {
    const page = await open("/jobs", { colorScheme: "dark" });
    await rows(page).first().waitFor();
    await page.emulateMedia({ media: "print" });
    for (const part of [".banner", ".filters", "button"])
      expect(await page.locator(part).first().isVisible()).toBe(false);
    expect(await rows(page).first().isVisible()).toBe(true);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color);
    expect(ink).toBe("rgb(23, 32, 42)");
  });

  it("shows the state of the connection as a round dot", async () => {
    const page = await open("/live");
    const dot = page.locator(".dot");
    await dot.waitFor();
    for (const state of ["open", "waiting", "refused"]) {
      const box = await dot.evaluate((element, name) => {
        element.setAttribute("class", `dot ${name}`);
        const { width, height } = element.getBoundingClientRect();
        return { width, height };
      }, state);
      expect(box).toEqual({ width: 8, height: 8 });
    }
  });
});
