import { join } from "node:path";
import { expect, it } from "vitest";
import { sharedCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { object } from "../wire/samples.js";
import { seriousFindings } from "./support/accessible.js";
import { describePage, PageTester } from "./support/browser.js";

describePage("the search", () => {
  const pages = new PageTester();
  const collector = sharedCollector(join(temporaryFolder(), "data"));
  const open = async (path: string) => {
    if ((await collector().accounting()).received === 0) {
      await collector().report(
        {
          job: "4711",
          user: "solveig",
          host: "node1",
          modules: ["Solver/1.0"],
          program: object("/sw/solver/1.0/solve"),
        },
        { job: "4712", user: "bob", host: `<b onclick="canary=1">`, program: object("/bin/other") },
      );
    }
    return pages.open(collector(), path);
  };

  it("suggests everything that is named like the text, and opens what is chosen", async () => {
    const { page, complaints } = await open("/software");
    await page.locator("tbody").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("solv");
    await page.getByRole("listbox").waitFor();
    const groups = page.getByRole("listbox").getByRole("group");
    const labels = await groups.evaluateAll((all) => all.map((group) => group.getAttribute("aria-label")));
    expect(labels).toEqual(["Software", "Users", "Modules", "Paths"]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "User solveig" }).waitFor();
    await page.getByRole("link", { name: "4711" }).waitFor();
    expect(complaints).toEqual({ errors: [], outside: [] });
  });

  it("looks the text up when nothing is chosen", async () => {
    const { page } = await open("/jobs");
    await page.locator("tbody").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("/bin/oth*");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Lookup" }).waitFor();
    await page.getByRole("link", { name: "4712" }).waitFor();
  });

  it("shows names as inert text, and closes with Escape", async () => {
    const { page } = await open("/jobs");
    await page.getByRole("combobox", { name: "Search" }).fill("onclick");
    await page.getByRole("option").first().waitFor();
    expect(await page.locator("[onclick]").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    await page.getByRole("combobox", { name: "Search" }).fill("onclick=");
    await page.getByRole("option").first().click();
    await page.getByRole("heading", { name: /^Host <b/ }).waitFor();
  });

  it("leads from a user, a host and a module to what they ran", async () => {
    const { page } = await open("/job?id=4711");
    await page.getByRole("link", { name: "solveig" }).click();
    for (const tab of ["Software", "Own programs", "Unexpected libraries", "Jobs"]) {
      await page.getByRole("main").getByRole("link", { name: tab, exact: true }).click();
      await page.locator("main").getByText("Covers").waitFor();
      expect(await page.getByText("The request failed").count()).toBe(0);
    }
    await page.getByRole("link", { name: "node1" }).click();
    await page.getByRole("heading", { name: "Host node1" }).waitFor();
    for (const tab of ["Jobs", "Days", "Processes"]) {
      await page.getByRole("main").getByRole("link", { name: tab, exact: true }).click();
      await page.locator("main").getByText("Covers").waitFor();
      expect(await page.getByText("The request failed").count()).toBe(0);
    }
    await page.getByRole("link", { name: "/sw/solver/1.0/solve" }).click();
    await page.getByRole("heading", { name: "Process solve" }).waitFor();
  });

  it("is among the keyboard shortcuts, which ? lists", async () => {
    const { page } = await open("/jobs");
    await page.locator("tbody").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Search").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.getByLabel("From").waitFor();
  });
});
