import { join } from "node:path";
import { expect, it } from "vitest";
import { sharedCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { object } from "../wire/samples.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

const DAY_MS = 86_400_000;
/** Time for an answer on a busy machine. */
const SLOW = { timeout: 60_000 };

const daysAgo = (days: number) => ({
  nanoseconds: BigInt(Date.now() - days * DAY_MS) * 1_000_000n,
  precision: 1n,
});

describePage("the time range", () => {
  const pages = new PageTester();
  const collector = sharedCollector(join(temporaryFolder(), "data"), () => ["--duplicate-window", "3650"]);
  const open = async (path: string, timezoneId = "Europe/Berlin") => {
    if ((await collector().accounting()).received === 0) {
      await collector().report(
        { job: "new", time: daysAgo(0.01), program: object("/opt/new") },
        { job: "older", time: daysAgo(3), program: object("/opt/older") },
        { job: "oldest", time: daysAgo(60), program: object("/opt/oldest") },
      );
    }
    return pages.open(collector(), path, { timezoneId });
  };
  const jobs = (page: Awaited<ReturnType<typeof open>>["page"]) => page.locator("tbody th").allInnerTexts();

  it("is chosen once for all views", async () => {
    const { page, complaints } = await open("/jobs");
    await expect.poll(() => jobs(page), SLOW).toEqual(["new", "older", "oldest"]);
    await page.getByRole("button", { name: "Time range: All time · Europe/Berlin" }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Last 7 days" }).click();
    await expect.poll(() => jobs(page), SLOW).toEqual(["new", "older"]);
    await page.getByRole("link", { name: "Software" }).click();
    await page.getByRole("link", { name: "/opt/older" }).waitFor();
    expect(await page.getByText("/opt/oldest").count()).toBe(0);
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("button", { name: "Time range: Last 7 days" }).waitFor();
    expect(new URL(page.url()).search).toBe("?since=7d");
    expect(complaints.errors).toEqual([]);
  });

  it("begins with what is new on the overview, which its links say", async () => {
    const { page } = await open("/");
    await page.getByRole("button", { name: "Time range: Last 24 hours" }).waitFor();
    await page.getByRole("link", { name: "Jobs" }).click();
    await expect.poll(() => jobs(page), SLOW).toEqual(["new"]);
    expect(new URL(page.url()).search).toBe("?since=24h");
    await page.getByRole("link", { name: "OGRT" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  it("is one click from all time where it holds nothing", async () => {
    const { page } = await open("/lookup?q=/opt/oldest&since=7d");
    await page.locator("main").getByText("No job used it in this span").waitFor();
    await page.getByRole("link", { name: "Look in all time" }).click();
    await page.getByRole("link", { name: "oldest", exact: true }).waitFor();
  });

  it("takes times as people type them, and refuses others before it asks", async () => {
    const { page } = await open("/jobs?user=alice");
    const picker = page.getByRole("button", { name: "Time range" });
    await picker.click();
    await page.getByLabel("From").fill("tomorrow");
    await page.locator(".panel").getByRole("button").click();
    expect(await page.getByLabel("From").evaluate((field: HTMLInputElement) => field.validationMessage)).toContain(
      "yesterday",
    );
    await page.getByLabel("From").fill("90 days");
    await page.getByLabel("Before").fill("2d");
    await page.keyboard.press("Enter");
    await expect.poll(() => jobs(page), SLOW).toEqual(["older", "oldest"]);
    expect(new URL(page.url()).search).toBe("?user=alice&since=90+days&until=2d");
    expect(await picker.innerText()).toContain("90 days to 2d");
    expect(await picker.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("closes with Escape and a click elsewhere", async () => {
    const { page } = await open("/jobs");
    const picker = page.getByRole("button", { name: "Time range" });
    await picker.click();
    await page.getByLabel("From").focus();
    await page.keyboard.press("Escape");
    await page.getByLabel("From").waitFor({ state: "detached" });
    expect(await picker.evaluate((element) => element === document.activeElement)).toBe(true);
    await picker.click();
    await page.getByRole("heading", { name: "Jobs", level: 1 }).click();
    await page.getByLabel("From").waitFor({ state: "detached" });
  });

  it("has a time zone, which changes the days and the times of the view", async () => {
    const { page } = await open("/jobs?until=2026-01-01&since=2020-01-01");
    await page.getByText("Covers 2020-01-01 00:00:00 to 2026-01-01 00:00:00").waitFor();
    const asked = page.waitForRequest(/api\/v1\/jobs/);
    await page.getByRole("button", { name: "Time range" }).click();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.locator(".panel").getByRole("button").click();
    expect(new URL((await asked).url()).searchParams.get("until")).toBe("2025-12-31T15:00:00.000Z");
    await page.getByText("Covers 2020-01-01 00:00:00 to 2026-01-01 00:00:00").waitFor();
    await page.getByRole("link", { name: "Live" }).click();
    await page.getByRole("button", { name: "Time zone: Asia/Tokyo" }).waitFor();
    expect(new URL(page.url()).search).toBe("?since=2020-01-01&until=2026-01-01&tz=Asia%2FTokyo");
  });
});
