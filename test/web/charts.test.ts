import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid } from "../support/toolchain.js";
import { object, processEnd, processStart } from "../wire/samples.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000n;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
/** Program, its module as the name of the software, days ago, core hours. */
const RUNS = [
  ["/opt/mesher/1.0/bin/mesher", "Mesher/1.0", 3, 30n],
  ["/opt/mesher/2.0/bin/mesher", "Mesher/2.0", 1, 10n],
  ["/opt/solver/5/bin/solver", "Solver/5", 3, 50n],
  ["/opt/solver/5/bin/solver", "Solver/5", 1, 10n],
] as const;

const bars = (page: Page) => page.getByRole("slider");
/** The values of the table of the chart. */
async function tableOf(page: Page): Promise<string[][]> {
  await page.getByText("Table of the chart").click();
  return page
    .locator(".chart tr")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
}

describePage("the charts", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  beforeAll(async () => {
    collector = keepCollector(await startCollector(join(temporaryFolder(), "data")));
    for (const [path, module, daysAgo, hours] of RUNS) {
      const uuid = freshUuid();
      const nanoseconds = BigInt(Date.now() - daysAgo * DAY_MS) * 1_000_000n;
      const usage = { ...processEnd(uuid).usage, userTime: hours * HOUR_MS, systemTime: 0n };
      const start = { uuid, time: { nanoseconds, precision: 1n }, program: object(path), modules: [module] };
      await collector.send(encodeMessage(processStart(start)), encodeMessage(processEnd(uuid, { usage })));
    }
    while ((await collector.json("/api/v1/software")).total.ended < RUNS.length) await sleep(50);
  }, 60_000);
  afterAll(() => collector.stop("SIGKILL"));

  it("show core hours by software and day with shares, also as a table, a picture and CSV", async () => {
    const { page, complaints } = await pages.open(collector, "/software");
    await page.locator(".chart-plot canvas").waitFor();
    expect(await page.locator(".chart .legend li").allInnerTexts()).toEqual([
      expect.stringMatching(/Solver\/5\s+60\.0 \(60\.0 %\)/),
      expect.stringMatching(/Mesher\/1\.0\s+30\.0 \(30\.0 %\)/),
      expect.stringMatching(/Mesher\/2\.0\s+10\.0 \(10\.0 %\)/),
    ]);
    expect(await tableOf(page)).toEqual([
      ["Period", "Solver/5", "Mesher/1.0", "Mesher/2.0"],
      [dayBefore(1), "10.0", "0", "10.0"],
      [dayBefore(2), "0", "0", "0"],
      [dayBefore(3), "50.0", "30.0", "0"],
    ]);
    for (const [button, head] of [
      ["Save CSV", "period,Solver/5 (core hours),Mesher/1.0 (core hours),Mesher/2.0 (core hours)"],
      ["Save PNG", "\x89PNG"],
    ] as const) {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      expect(readFileSync(await (await download).path(), "latin1").startsWith(head)).toBe(true);
    }
    expect(complaints).toEqual({ errors: [], outside: [] });
  });

  it("are read with the arrow keys", async () => {
    const { page } = await pages.open(collector, "/software");
    await page.locator(".chart-plot canvas").waitFor();
    await bars(page).focus();
    await page.keyboard.press("Home");
    await expect
      .poll(() => bars(page).getAttribute("aria-valuetext"))
      .toBe(`${dayBefore(3)}: 80.0 core hours: Mesher/1.0 30.0 (37.5 %), Solver/5 50.0 (62.5 %)`);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => bars(page).getAttribute("aria-valuetext")).toBe(`${dayBefore(2)}: 0 core hours`);
  });

  it("show the versions of one software", async () => {
    const { page } = await pages.open(collector, "/lookup?q=Mesher/2.0&as=software");
    await page.locator(".chart-plot canvas").waitFor();
    expect((await tableOf(page))[0]).toEqual(["Period", "Mesher/1.0", "Mesher/2.0"]);
    await page.goto(new URL("/software?period=month", collector.where.http).href);
    await page.getByRole("heading", { name: "Core hours by software" }).waitFor();
    await page.locator(".chart-plot canvas").waitFor();
    expect((await tableOf(page))[1]?.[0]).toBe(dayBefore(1).slice(0, 7));
  });

  it.each([{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const)(
    "can be seen and used by everyone with %o",
    async (options) => {
      const { page } = await pages.open(collector, "/software", options);
      const canvas = page.locator(".chart-plot canvas");
      await canvas.waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    },
  );

  it("are printed in the colours of paper", async () => {
    const { page } = await pages.open(collector, "/software", { colorScheme: "dark" });
    const canvas = page.locator(".chart-plot canvas");
    await canvas.waitFor();
    /** Whether the blue of light paper, #0072b2, is in the picture. */
    const hasLightBlue = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext("2d")?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
        return data.some((red, at) => at % 4 === 0 && red === 0 && data[at + 1] === 0x72 && data[at + 2] === 0xb2);
      });
    expect(await hasLightBlue()).toBe(false);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect.poll(hasLightBlue).toBe(true);
  });

  it("say so and leave the table where the chart does not load", async () => {
    const { page } = await pages.open(collector, "/jobs");
    await page.route(/chart-plot/, (route) => route.abort());
    await page.goto(new URL("/software", collector.where.http).href);
    await page.getByText("The chart could not be loaded").waitFor();
    await page.getByRole("cell", { name: "50.0" }).waitFor();
  });
});
