import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));
const nothing = {};

describe("the page's files", () => {
  it("are one document for all views, with a policy that allows nothing from elsewhere", async () => {
    const collector = await start();
    const documents = new Set<string>();
    for (const path of ["/", "/live", "/lookup?q=x", "/job?id=7", "/process?uuid=x", "/software", "/problems"]) {
      const response = await collector.get(path, nothing);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-store");
      const policy = response.headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|http:|https:|\*/);
      documents.add(await response.text());
    }
    expect(documents.size).toBe(1);
    expect([...documents][0]).not.toMatch(/<script>|<style|style=|onload=|https?:/);
  });

  it("are cached forever, since their names contain the hash of their content", async () => {
    const collector = await start();
    const document = await (await collector.get("/", nothing)).text();
    const assets = document.match(/\/assets\/[^"]+/g) ?? [];
    expect(assets).toHaveLength(3);
    for (const path of assets) {
      expect(path).toMatch(/-[A-Z0-9]{8}\.(js|css|svg)$/);
      const response = await collector.get(path, nothing);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(response.headers.get("content-encoding")).toBe("gzip");
      expect(await response.text()).not.toBe("");
      const plain = await collector.get(path, { "accept-encoding": "identity" });
      expect(plain.headers.get("content-encoding")).toBeNull();
    }
  });

  it("are the only files below their path", async () => {
    const collector = await start();
    for (const path of [
      "/assets/",
      "/assets/main.js",
      "/assets/..%2findex.html",
      "/assets/../../package.json",
      "/web",
    ]) {
      expect((await collector.get(path, nothing)).status).toBe(404);
    }
  });

  it("are the answer to a used login link", async () => {
    const collector = await start();
    const link = await collector.newLoginLink();
    const first = await collector.get(link, { accept: "text/html" });
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe("/");
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await collector.get("/api/v1/accounting", { cookie })).status).toBe(200);
    const second = await collector.get(link, { accept: "text/html" });
    expect(second.status).toBe(401);
    expect(second.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await collector.get(link, nothing)).headers.get("content-type")).toContain("json");
  });
});
