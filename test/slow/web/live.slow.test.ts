import { hostname } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { describePage, PageTester } from "../../web/support/browser.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);

const send = (collector: RunningCollector, count: number, fields: Partial<Parameters<typeof processStart>[0]> = {}) =>
  collector.send(
    ...Array.from({ length: count }, (_, index) =>
      encodeMessage(processStart({ job: `job-${index}`, host: hostname(), ...fields })),
    ),
  );

const connected = (page: Page) => page.getByText("Connected", { exact: true }).waitFor();

describePage("the live view", () => {
  const pages = new PageTester();

  it("shows a process as soon as it is received", async () => {
    const collector = await start();
    const { page, complaints } = await pages.open(collector, "/live");
    await page.getByText("No process has been received yet").waitFor();
    await send(collector, 1, { program: object("/usr/bin/new-arrival") });
    const row = page.locator("tr.row", { hasText: "new-arrival" });
    await row.waitFor();
    expect(await row.innerText()).toContain("job-0");
    expect(complaints).toEqual({ errors: [], outside: [] });
  });

  it("keeps its rows while it is paused, and counts new records", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    await send(collector, 1, { job: "seen" });
    await page.locator("tr.row", { hasText: "seen" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await send(collector, 3, { job: "unseen" });
    await page.getByText("3 new while paused").waitFor();
    expect(await page.locator("tr.row", { hasText: "unseen" }).count()).toBe(0);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.locator("tr.row", { hasText: "unseen" }).nth(2).waitFor();
  });

  it("moves no row while the pointer or the focus is in the table", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    await send(collector, 1, { job: "seen" });
    const row = page.locator("tr.row", { hasText: "seen" });
    await row.hover();
    await send(collector, 3, { job: "later" });
    await page.getByText("3 new while you are in the table").waitFor();
    expect(await page.locator("tr.row").count()).toBe(1);
    await page.getByRole("heading", { name: "Live" }).hover();
    await page.locator("tr.row", { hasText: "later" }).nth(2).waitFor();

    await row.getByRole("link").focus();
    await send(collector, 2, { job: "last" });
    await page.getByText("2 new while you are in the table").waitFor();
    await page.getByRole("button", { name: "Pause" }).focus();
    await page.locator("tr.row", { hasText: "last" }).nth(1).waitFor();
  });

  it("has its rows again after a look at one of them", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    await send(collector, 300, { job: "many" });
    await page.getByText("300 received here").waitFor();
    await page.locator("tr.row a").first().click();
    await page.getByRole("heading", { name: /^Process / }).waitFor();
    await send(collector, 1, { job: "meanwhile" });
    await page.goBack();
    // Those that the stream begins with are not taken for new ones.
    await page.getByText("301 received here").waitFor();
    await page.getByRole("heading", { name: "Live" }).hover();
    await page.locator("tr.row", { hasText: "meanwhile" }).waitFor();
  });

  it("reads its filters from the address and writes them to it", async () => {
    const collector = await start();
    await send(collector, 5);
    await collector.waitForFrames(5);
    const { page } = await pages.open(collector, "/live?job=job-3");
    await page.locator("tr.row", { hasText: "job-3" }).waitFor();
    expect(await page.locator("tr.row").count()).toBe(1);
    await page.getByLabel("Job", { exact: true }).fill("job-1");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.locator("tr.row", { hasText: "job-1" }).waitFor();
    expect(new URL(page.url()).search).toBe("?job=job-1");
    await page.goBack();
    await page.locator("tr.row", { hasText: "job-3" }).waitFor();
    expect(await page.getByLabel("Job", { exact: true }).inputValue()).toBe("job-3");
  });

  it("keeps only visible rows in the document", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    for (let batch = 0; batch < 10; batch++) await send(collector, 300);
    await page.getByText("3,000 received here").waitFor();
    expect(await page.locator("tr.row").count()).toBeLessThan(100);
    const table = page.locator(".live");
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.locator('tr[aria-rowindex="3001"]').waitFor();
    expect(await page.locator("tr.row").count()).toBeLessThan(100);
  });

  it("continues after a restart of the collector", async () => {
    const data = join(folder, `data-${stores++}`);
    const collector = await startCollector(data);
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    await send(collector, 1, { job: "before the stop" });
    await page.locator("tr.row", { hasText: "before the stop" }).waitFor();
    await collector.stop();
    await page.getByText(/^Disconnected/).waitFor();
    const next = await startCollector(data, "--http", new URL(collector.where.http).host);
    // Sessions end with the collector.
    await page.getByRole("heading", { name: "The session has ended" }).waitFor();
    await page.goto(await next.newLoginLink());
    await page.getByRole("link", { name: "Live" }).click();
    await connected(page);
    await send(next, 1, { job: "after the start" });
    await page.locator("tr.row", { hasText: "after the start" }).waitFor();
  });

  it("reconnects when the connection breaks", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live");
    await connected(page);
    await page.context().setOffline(true);
    await send(collector, 1, { job: "in the gap" });
    await page.context().setOffline(false);
    await page.locator("tr.row", { hasText: "in the gap" }).waitFor();
    await connected(page);
  });
});
