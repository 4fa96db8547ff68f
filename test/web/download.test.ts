import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepCollector, type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { writeLongLists } from "../support/long-lists.js";
import { describePage, PageTester } from "./support/browser.js";

const ROWS = 2300;

describePage("the download of a list", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  beforeAll(async () => {
    const data = join(temporaryFolder(), "data");
    mkdirSync(data, { mode: 0o700 });
    await writeLongLists(join(data, "ogrt.duckdb"), ROWS);
    collector = keepCollector(await startCollector(data));
  }, 60_000);
  afterAll(() => collector.stop("SIGKILL"));

  it("has all rows, not only those of the page", async () => {
    const { page, complaints } = await pages.open(collector, "/jobs");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const lines = readFileSync(await (await download).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    const jobs = lines.slice(1).map((line) => line.split(",")[0]);
    expect([lines[0]?.split(",")[0], jobs.length, new Set(jobs).size]).toEqual(["job", ROWS, ROWS]);
    expect(complaints.errors).toEqual([]);
  });

  it("saves nothing when a part of it is missing, and says so", async () => {
    const { page } = await pages.open(collector, "/jobs");
    let isSaved = false;
    page.on("download", () => {
      isSaved = true;
    });
    await page.route(/\/api\/v1\/jobs\?.*cursor=2000/, (route) =>
      route.fulfill({ status: 410, json: { code: "CURSOR_EXPIRED", message: "the snapshot has ended" } }),
    );
    await page.getByRole("button", { name: "Download CSV" }).click();
    await page.getByRole("alert").getByText("Nothing was saved").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("incomplete after 2,000 rows. the snapshot has ended");
    expect(isSaved).toBe(false);
    await page.getByRole("button", { name: "Download CSV" }).waitFor();
  });
});
