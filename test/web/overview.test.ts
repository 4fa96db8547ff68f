import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid } from "../support/toolchain.js";
import { processEnd, processStart } from "../wire/samples.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

const DAY_MS = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);

/** A process of today with two core hours, and one of two days ago with an odd environment. */
async function sendRecords(collector: RunningCollector): Promise<void> {
  const uuid = freshUuid();
  const usage = { ...processEnd(uuid).usage, userTime: 7_200_000n, systemTime: 0n };
  const nanoseconds = BigInt(Date.now() - 2 * DAY_MS) * 1_000_000n;
  const environment = ["LD_LIBRARY_PATH=:/home/alice/lib"];
  await collector.send(
    encodeMessage(processStart({ uuid, host: "elsewhere" })),
    encodeMessage(processEnd(uuid, { usage })),
    encodeMessage(processStart({ host: "elsewhere", environment, time: { nanoseconds, precision: 1n } })),
  );
  while ((await collector.json("/api/v1/software")).total.ended < 1) await sleep(50);
}

describePage("the overview", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  beforeAll(async () => {
    collector = keepCollector(await startCollector(join(temporaryFolder(), "data")));
  }, 60_000);
  afterAll(() => collector.stop("SIGKILL"));

  it("says that nothing needs attention, and what it looked at", async () => {
    const { page, complaints } = await pages.open(collector, "/");
    const attention = page.getByRole("region", { name: "Attention" });
    await attention.getByText("✓ Nothing needs attention.").waitFor();
    await attention.getByText("Looked at losses, outages, nodes with an agent").waitFor();
    await page.getByText("No process in this span").waitFor();
    await page.getByText("✓ Nothing was lost.").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Collector" }).click();
    await page.getByText("Receiving now").waitFor();
    expect(complaints.errors).toEqual([]);
  });

  it("has a sentence for each of what matters most, which opens the view that explains it", async () => {
    await sendRecords(collector);
    const { page, complaints } = await pages.open(collector, "/jobs");
    const change = (path: RegExp, changes: (answer: Record<string, unknown>) => object) =>
      page.route(path, async (route) => {
        const response = await route.fetch();
        const json = (await response.json()) as Record<string, unknown>;
        await route.fulfill({ response, json: { ...json, ...changes(json) } });
      });
    await change(/\/api\/v1\/overview/, ({ completeness }) => ({
      completeness: {
        ...(completeness as object),
        rejected: { malformed: 3 },
        outages: 1,
        outageSeconds: 41,
        unchecked: 9,
      },
    }));
    await change(/\/api\/v1\/coverage\/nodes/, () => ({
      nodes: [
        { host: "n0007", isSilent: true, silentSeconds: 7200 },
        { host: "n0008", isSilent: false, silentSeconds: 2 },
      ],
    }));
    await change(/\/api\/v1\/odd\/objects/, () => ({ rowCount: 4, objects: [{ path: "/opt/app\n" }] }));
    await page.goto(new URL("/?since=7d", collector.where.http).href);
    const attention = page.getByRole("region", { name: "Attention" });
    await attention.getByText(/^Looked at/).waitFor();
    const sentences = attention.getByRole("listitem").getByRole("link");
    expect(
      await sentences.evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("href")])),
    ).toEqual([
      ["Records were lost: 3 frames rejected.", "/problems?show=time&period=hour&since=7d"],
      ["No collector was running for 41 s.", "/problems?show=outages&since=7d"],
      ["1 node with a silent agent: n0007 for 2 h.", "/problems?show=nodes&since=7d"],
      [
        "4 objects stripped: the file on disk has no stamp, the program that ran had one.",
        "/problems?verdict=stripped&since=7d",
      ],
      [
        "What ran is not what is on disk, or differs from another build: 4 objects, such as /opt/app\\x0a.",
        "/problems?since=7d",
      ],
    ]);
    await sentences.nth(2).click();
    await page.getByRole("heading", { name: "Nodes with an agent, silent longest first" }).waitFor();
    expect(complaints.errors).toEqual([]);
  });

  it("finds what breaks rules and was not checked in the records themselves", async () => {
    const { page } = await pages.open(collector, "/?since=7d");
    const attention = page.getByRole("region", { name: "Attention" });
    await attention.getByText(/^Looked at/).waitFor();
    expect(await attention.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(/^Environments break 1 rule: .+ in 1 process\.$/),
      "2 of 2 processes ran a program that was not checked on disk.",
    ]);
  });

  it("shows processes and core hours of each day in the time range", async () => {
    const { page } = await pages.open(collector, "/?since=7d");
    const charts = page.getByRole("slider");
    await charts.nth(1).waitFor();
    expect(await charts.nth(0).getAttribute("aria-valuetext")).toBe(`${today()}: 1 processes`);
    expect(await charts.nth(1).getAttribute("aria-valuetext")).toBe(`${today()}: 2.0 core hours`);
    await page.locator(".chart-plot canvas").nth(1).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("says what it does not know, where an answer fails", async () => {
    const { page } = await pages.open(collector, "/jobs");
    await page.route(/\/api\/v1\/odd\/environments/, (route) =>
      route.fulfill({ status: 500, json: { code: "ANSWER_FAILED", message: "no answer" } }),
    );
    await page.goto(new URL("/?since=all", collector.where.http).href);
    await page.getByText("Not known, because the collector did not answer: odd environments.").waitFor();
    expect(await page.getByText("Nothing needs attention").count()).toBe(0);
  });
});
