import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));

describePage("a browser without a session", () => {
  const pages = new PageTester();

  it("shows the command that prints a login link, in light and dark", async () => {
    const collector = await start();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await pages.newPage({ colorScheme });
      await page.goto(new URL("/live", collector.where.http).href);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.getByText("ogrt-query login", { exact: true }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  it("shows that its link was used before", async () => {
    const collector = await start();
    const link = await collector.newLoginLink();
    await (await pages.newPage()).goto(link);
    const late = await pages.newPage();
    const response = await late.goto(link);
    expect(response?.status()).toBe(401);
    await late.getByRole("heading", { name: "This link was used before or has expired" }).waitFor();
  });

  it("shows that its session has ended, and continues at the same address after a new login", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live?job=7");
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.context().clearCookies();
    await page.getByLabel("Job", { exact: true }).fill("8");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("heading", { name: "The session has ended" }).waitFor();
    const other = await page.context().newPage();
    await other.goto(await collector.newLoginLink());
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    expect(page.url()).toContain("/live?job=8");
  });
});
