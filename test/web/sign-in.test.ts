import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, loginLink, PageTester } from "./support/browser.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));

describePage("a browser that is not let in", () => {
  const pages = new PageTester();

  it("is told the command that prints a link, in light and dark", async () => {
    const collector = await start();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await pages.stranger({ colorScheme });
      await page.goto(new URL("/live", collector.where.http).href);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.getByText("ogrt-query login", { exact: true }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  it("is told that its link was used", async () => {
    const collector = await start();
    const link = await loginLink(collector);
    await (await pages.stranger()).goto(link);
    const late = await pages.stranger();
    const response = await late.goto(link);
    expect(response?.status()).toBe(401);
    await late.getByRole("heading", { name: "This link was used before, or is too old" }).waitFor();
  });

  it("is told that its session has ended, and goes on where it was after it came in again", async () => {
    const collector = await start();
    const { page } = await pages.open(collector, "/live?job=7");
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.context().clearCookies();
    await page.getByLabel("Job", { exact: true }).fill("8");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("heading", { name: "The session has ended" }).waitFor();
    const other = await page.context().newPage();
    await other.goto(await loginLink(collector));
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    expect(page.url()).toContain("/live?job=8");
  });
});
