import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, spawnCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { seriousFindings } from "../../web/support/accessible.js";
import { describePage, PageTester } from "../../web/support/browser.js";
import { type Filled, fill, HOSTILE } from "../../web/support/filled.js";
import { shows, views } from "../../web/support/views.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const encoded = encodeURIComponent;

describePage("the views", () => {
  const pages = new PageTester();
  let collector: RunningCollector;
  let filled: Filled;

  beforeAll(async () => {
    collector = await spawnCollector(join(folder, "data"));
    filled = await fill(collector, folder);
  });
  afterAll(() => collector?.stop());

  const all = () => views(filled);
  const open = (path: string, options?: BrowserContextOptions) => pages.open(collector, path, options);
  const go = (page: Page, path: string) => page.goto(new URL(path, collector.where.http).href);

  it("show what their address says and send requests to the collector only", async () => {
    const { page, complaints } = await open("/");
    for (const [path, words] of all()) {
      await go(page, path);
      await shows(page, words);
      expect(await page.getByText("The request failed").count()).toBe(0);
    }
    expect(complaints).toEqual({ errors: [], outside: [] });
  }, 120_000);

  it("fit a phone without scrolling sideways", async () => {
    const { page } = await open("/", { viewport: { width: 390, height: 800 } });
    const tooWide: string[] = [];
    for (const [path, words] of all()) {
      await go(page, path);
      // A small screen leaves out some columns.
      for (const word of words) await page.locator("main").getByText(word).first().waitFor({ state: "attached" });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) tooWide.push(`${path}: ${over} pixels`);
    }
    expect(tooWide).toEqual([]);
  }, 120_000);

  describe("with hostile names", () => {
    it("show them as inert text", async () => {
      const { page, complaints } = await open("/");
      for (const path of [
        `/process?uuid=${filled.uuid}`,
        `/job?id=${encoded(filled.hostile)}`,
        "/live",
        "/jobs",
        "/?since=all",
        "/software",
        "/software?show=modules",
        "/problems",
        `/lookup?q=${encoded(HOSTILE[0] as string)}`,
        `/lookup?q=${encoded(HOSTILE[1] as string)}&show=processes`,
      ]) {
        await go(page, path);
        await page.locator("main h1").waitFor();
        await expect.poll(() => page.locator("main .loading").count(), { timeout: 15_000 }).toBe(0);
        await page
          .locator("summary")
          .click({ timeout: 500 })
          .catch(() => {});
        expect(await page.evaluate(() => (globalThis as { canary?: number }).canary)).toBeUndefined();
        expect(
          await page.locator("main :is(script, [onerror], [onclick], main img, b[onclick], i[href])").count(),
        ).toBe(0);
        // Links lead to views, whatever their text looks like.
        const links = await page
          .locator("main a")
          .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
        expect(links.filter((href) => !href.startsWith(`${collector.where.http}/`))).toEqual([]);
      }
      expect(complaints).toEqual({ errors: [], outside: [] });
    }, 60_000);

    it("escape control characters and bidirectional marks, and truncate long names", async () => {
      const { page } = await open(`/process?uuid=${filled.uuid}`);
      await shows(page, ["mallory"]);
      const text = await page.locator("main").innerText();
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toContain("\\u{202e}");
      expect(text).toContain("\\x1b[31mred\\x07");
      const long = page.getByText(/^\/tmp\/long\/long/);
      expect((await long.first().innerText()).length).toBeLessThan(300);
      expect(await long.first().innerText()).toContain("10,008 characters");
    });
  });

  it.each(["light", "dark"] as const)("have no serious findings of axe-core in %s", async (colorScheme) => {
    const { page } = await open("/", { colorScheme });
    const found: Record<string, string[]> = {};
    for (const [path, words] of all()) {
      await go(page, path);
      await shows(page, words);
      const findings = await seriousFindings(page);
      if (findings.length > 0) found[path] = findings;
    }
    expect(found).toEqual({});
  });

  it("can be used with the keyboard", async () => {
    const { page } = await open("/?since=all");
    await shows(page, ["Nothing was lost."]);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip");
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.textContent)) === "Jobs") break;
    }
    await page.keyboard.press("Enter");
    await page.locator("tbody a").first().waitFor();
    // After a navigation the heading has the focus, so that screen readers announce the view.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.title()).toBe("Jobs · OGRT");
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.closest("tbody"))) !== null) break;
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Job / }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Jobs", level: 1 }).waitFor();
  });

  it("save a list as CSV without formulas", async () => {
    const { page } = await open("/lookup?q=libgreeting.so&show=processes");
    await shows(page, [filled.program]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    const [head, ...rows] = text.trimEnd().split("\r\n");
    expect(head).toBe("started,job,cluster,user,host,pid,program,verdict,objects,uuid");
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(rows.every((row) => !/(^|,)"?[=+@]/.test(row))).toBe(true);
  });

  it("copy a list of mail addresses", async () => {
    const { page } = await open("/lookup?q=libgreeting.so&show=users", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByLabel("Mail domain of the users").fill("example.org");
    await page.getByRole("button", { name: "List addresses" }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split(", ")).toContain("alice@example.org");
  });

  it("link one question to the next", async () => {
    const { page } = await open("/");
    await page.getByLabel("Search", { exact: true }).fill("libgreeting.so");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Lookup" }).waitFor();
    await page.getByRole("link", { name: filled.before }).first().click();
    await page.getByRole("heading", { name: `Job ${filled.before}` }).waitFor();
    await page.getByLabel("Compare with job").fill(filled.after);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "Compare two jobs" }).waitFor();
    await shows(page, ["OMP_NUM_THREADS"]);
    expect(new URL(page.url()).search).toBe(`?first=${filled.after}&second=${filled.before}&since=24h`);
  });

  it("keep the focus when a form is submitted, and move it to the top of the next page", async () => {
    const { page } = await open("/jobs");
    await page.getByLabel("User", { exact: true }).fill("alice");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/jobs?user=alice");
    await page.getByRole("link", { name: "Clear" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("user");

    // With one job per page, there is a second page.
    await page.route("**/api/v1/jobs?*", (route) =>
      route.continue({ url: route.request().url().replace("limit=100", "limit=1") }),
    );
    await go(page, "/jobs");
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "First page" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent), { timeout: 60_000 })
      .toContain("Jobs, last use first");
    expect(await page.locator("#announcements").textContent()).toBe("Jobs, last use first: 1 row.");
  });

  it("show deep trees with readable names", async () => {
    const job = "a deep one";
    const depth = 60;
    const now = BigInt(Date.now()) * 1_000_000n;
    const chain = Array.from({ length: depth }, (_, index) =>
      encodeMessage(
        processStart({
          job,
          pid: 100 + index,
          parentPid: 99 + index,
          time: { nanoseconds: now + BigInt(index), precision: 1n },
        }),
      ),
    );
    await collector.send(...chain);
    while ((await collector.json(`/api/v1/job?id=${encoded(job)}`)).processes.length < depth) await sleep(50);
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 800 },
    ]) {
      const { page } = await open(`/job?id=${encoded(job)}`, { viewport });
      await shows(page, [`level ${depth}`]);
      const names = page.locator(".tree .file");
      expect(await names.count()).toBe(depth);
      const widths = await names.evaluateAll((all) => all.map((name) => name.getBoundingClientRect().width));
      expect(Math.min(...widths)).toBeGreaterThan(20);
    }
  });

  it("show the current rate of frames", async () => {
    const { page } = await open("/jobs");
    const answeredAt: number[] = [];
    await page.route("**/api/v1/accounting", async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      answeredAt.push(performance.now());
      await route.fulfill({ response, json: { ...json, received: 1000 * answeredAt.length } });
    });
    await go(page, "/collector");
    const now = page.locator(".figures dd").first();
    await page.getByText(/^[3-9],000\s*frames since the start/).waitFor();
    const rate = Number((await now.innerText()).split("\n")[0]);
    expect(rate).toBeGreaterThan(0);
    // About 500 per second, as the page asks every two seconds. On a busy machine, two answers may come closer together.
    const gapsMs = answeredAt.slice(1).map((time, index) => time - (answeredAt[index] as number));
    expect(rate).toBeLessThanOrEqual((1.02 * 1_000_000) / Math.min(2000, ...gapsMs));
  });

  it("link to the overview from an unknown address", async () => {
    const { page } = await open("/no-such-view");
    await page.getByText("There is no view at this address.").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Overview" }).click();
    await shows(page, ["Attention"]);
  });

  it("report an invalid parameter", async () => {
    const { page } = await open("/jobs?since=neverday");
    await page.getByText("The request failed").waitFor();
    await page.getByText(/since/).first().waitFor();
  });

  it("report a collector that does not answer, and recover without help", async () => {
    const { page } = await open("/jobs");
    await shows(page, [filled.before]);
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Software" }).click();
    await page.getByText("The collector does not answer").waitFor();
    await page.context().setOffline(false);
    await shows(page, [filled.program]);
    expect(await page.getByText("The collector does not answer").count()).toBe(0);
  });

  it("say that they are loading", async () => {
    const { page } = await open("/jobs");
    await shows(page, [filled.before]);
    let answer = () => {};
    await page.route("**/api/v1/software*", async (route) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      await route.continue();
    });
    await page.getByRole("link", { name: "Software" }).click();
    await page.getByRole("status").getByText("Loading").first().waitFor({ state: "attached" });
    answer();
    await shows(page, [filled.program]);
  });
});
