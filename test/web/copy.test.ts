import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid } from "../support/toolchain.js";
import { object, processStart } from "../wire/samples.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

const [uuid, stamp] = [freshUuid(), freshUuid()];
const buildId = "9c1f3cd1d1ddb4e0e8ffc2b2f8fd8ed8ad9f6e49";
const program = object("/opt/software/greet/1.0/bin/greet", [stamp], buildId);
const hostile = "/tmp/a\nrm -rf ~\u202e";
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

describePage("the buttons that copy", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  beforeAll(async () => {
    collector = keepCollector(await startCollector(join(temporaryFolder(), "data")));
    await collector.send(
      encodeMessage(processStart({ uuid, job: "4711", program, objects: [program, object(hostile)] })),
    );
    while ((await collector.json("/api/v1/job?id=4711")).processes.length === 0) await sleep(50);
  }, 60_000);
  afterAll(() => collector.stop("SIGKILL"));

  it("copy paths, UUIDs, build-ids and job ids in full, by the keyboard, and say so", async () => {
    const { page, complaints } = await pages.open(collector, `/process?uuid=${uuid}`, clipboard);
    for (const [what, text] of [
      ["path", program.path],
      ["UUID", stamp],
      ["build-id", buildId],
      ["job id", "4711"],
    ] as const) {
      await page
        .getByRole("button", { name: `Copy the ${what}`, exact: true })
        .first()
        .focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: `Copied the ${what}` }).waitFor();
      expect(await copied(page)).toBe(text);
      expect(await page.getByRole("status").textContent()).toBe(`Copied: ${text}`);
    }
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints.errors).toEqual([]);
  });

  it.each([1280, 390])("are at least 24 pixels high and wide at %i pixels", async (width) => {
    const { page } = await pages.open(collector, "/jobs", { viewport: { width, height: 800 } });
    for (const path of ["/jobs", "/job?id=4711", `/process?uuid=${uuid}`, `/lookup?q=${stamp}&show=processes`]) {
      await page.goto(new URL(path, collector.where.http).href);
      const buttons = page.getByRole("button", { name: /^Copy the / });
      await buttons.first().waitFor();
      const sizes = await buttons.evaluateAll((all) =>
        all.map((button) => button.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
    }
  });

  it("copy names as the page shows them, so that a paste runs no command", async () => {
    const { page } = await pages.open(collector, `/process?uuid=${uuid}`, clipboard);
    await page.getByRole("row", { name: "rm -rf" }).getByRole("button", { name: "Copy the path" }).click();
    await page.getByRole("button", { name: "Copied the path" }).waitFor();
    expect(await copied(page)).toBe("/tmp/a\\x0arm -rf ~\\u{202e}");
  });

  it("copy where the browser refuses the clipboard to a page without TLS, and keep the focus", async () => {
    const { page } = await pages.open(collector, `/process?uuid=${uuid}`, clipboard);
    await page.evaluate(() => Object.defineProperty(navigator.clipboard, "writeText", { value: undefined }));
    await page.getByRole("button", { name: "Copy the build-id" }).first().click();
    const button = page.getByRole("button", { name: "Copied the build-id" });
    await button.waitFor();
    expect(await copied(page)).toBe(buildId);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
