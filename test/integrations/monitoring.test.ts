import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../support/collector.js";
import { parseExposition } from "../support/exposition.js";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();

it("dashboard and rules use only metrics and labels of the collector", async () => {
  const config = join(folder, "collector.toml");
  writeFileSync(config, "[[output]]\nkind = 'null'\n");
  const collector = await startCollector(join(folder, "data"), "--config", config);
  const families = parseExposition(await (await collector.get("/metrics")).text());
  // Prometheus adds these.
  const labels = new Set(["instance", "job"]);
  for (const { samples } of families.values()) {
    for (const sample of samples) for (const label of Object.keys(sample.labels)) labels.add(label);
  }
  for (const file of ["grafana/ogrt-collector.json", "prometheus/ogrt-rules.yml"]) {
    const text = readFileSync(join(root, "integrations", file), "utf8");
    const expressions = [...text.matchAll(/^\s*"?expr"?: (.*)$/gm)].map(([, expression]) => expression ?? "");
    expect(expressions.length).toBeGreaterThan(4);
    for (const expression of expressions) {
      for (const [name] of expression.matchAll(/\b(?:ogrt|process|nodejs)_\w+/g)) {
        expect([...families.keys()], expression).toContain(name.replace(/_bucket$/, ""));
      }
      for (const [, list = ""] of expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g)) {
        for (const label of list.split(", ")) expect([...labels], expression).toContain(label);
      }
    }
  }
});
