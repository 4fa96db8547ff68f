// The table of metrics, from the places in the collector's sources that register them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const REGISTRATION =
  /\.(counter|gauge|histogram)\(\s*\{\s*name: "(\w+)",\s*help: "([^"]+)"(?:,\s*labels: (\w+|\[[^\]]*\]))?/g;

export function printMetrics(root) {
  const folder = join(root, "lib/collector");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const rows = sources.flatMap((source) =>
    Array.from(source.matchAll(REGISTRATION), ([, type, name, help, labels = "[]"]) => {
      const shown = labelsOf(source, labels).map((label) => `\`${label}\``);
      return `| \`ogrt_${name}\` | ${type} | ${shown.join(", ")} | ${help} |`;
    }),
  );
  if (rows.length === 0) throw new Error("no source registers a metric");
  return ["| metric | type | labels | meaning |", "|---|---|---|---|", ...rows.sort(), ""].join("\n");
}

/** Labels as written in the call, or as the constant that the call names. */
function labelsOf(source, text) {
  const list = text.startsWith("[") ? text : new RegExp(`const ${text} = (\\[[^\\]]*\\])`).exec(source)?.[1];
  if (list === undefined) throw new Error(`no constant ${text} beside a metric`);
  return JSON.parse(list);
}
