import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, afterEach, describe } from "vitest";
import type { RunningCollector } from "../../support/collector.js";

const executable = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, name)))
  .find((path) => existsSync(path));

/** A suite that needs a browser; reported as skipped on machines without one. */
export const describePage = describe.skipIf(executable === undefined);

/** Problems that a page reported. */
export interface Complaints {
  readonly errors: string[];
  /** Addresses outside of the collector that the page requested. */
  readonly outside: string[];
}

/** Opens pages of a collector in a real browser, with a session from a login link. */
export class PageTester {
  #browser: Browser | undefined;
  readonly #contexts: BrowserContext[] = [];

  constructor() {
    afterEach(async () => {
      for (const context of this.#contexts.splice(0)) await context.close();
    });
    afterAll(() => this.#browser?.close());
  }

  /** An empty page without a session. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    // Containers forbid the sandbox. The browser shows only the collector that the test started.
    this.#browser ??= await chromium.launch({ executablePath: executable as string, args: ["--no-sandbox"] });
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    // A machine that is busy with other things takes its time.
    context.setDefaultTimeout(60_000);
    this.#contexts.push(context);
    return context.newPage();
  }

  /** A page with a session, and its problems. */
  async open(
    collector: RunningCollector,
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: Complaints }> {
    const page = await this.newPage(options);
    await page.context().request.get(await collector.newLoginLink(), { maxRedirects: 0 });
    const complaints: Complaints = { errors: [], outside: [] };
    page.on("pageerror", (error) => complaints.errors.push(`${error}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.errors.push(message.text());
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.origin !== collector.where.http) {
        complaints.outside.push(request.url());
      }
    });
    await page.goto(new URL(path, collector.where.http).href);
    return { page, complaints };
  }
}
