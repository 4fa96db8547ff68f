import { EVENTS } from "../../lib/collector/log/events.js";
import { HISTOGRAMS, METRICS } from "../../lib/collector/measure/collector-metrics.js";
import { METRIC_PREFIX, type MetricDescription } from "../../lib/collector/measure/metrics.js";
import { DEFAULT_LIMITS } from "../../lib/elf/limits.js";
import { ERRORS, type ErrorDescription } from "../../lib/errors.js";
import { DEFAULT_LEVELS, RULES } from "../../lib/inspect/rules.js";
import { printOutputFields, printOutputOptions, printSettings } from "./settings.js";
import { table } from "./table.js";

export { printDefaultFile } from "./settings.js";

/** The printer of each generated part of docs/reference. `old` is the part as the page has it now. */
export const PRINTERS: Readonly<Record<string, (old: string) => string>> = {
  settings: printSettings,
  errors: printErrors,
  "log-events": printEvents,
  "output-keys": printOutputFields,
  metrics: printMetrics,
  "output-options": printOutputOptions,
  "elf-limits": printElfLimits,
  "check-rules": printCheckRules,
};

/** The advice comes from the page, the other columns from the registry. */
function printErrors(old: string): string {
  const advice = new Map(
    Array.from(old.matchAll(/^\| `([A-Z_]+)` \| .*? \| (.*) \| .* \| .* \|$/gm), ([, code = "", text = ""]) => [
      code,
      text,
    ]),
  );
  const rows = Object.entries<ErrorDescription>(ERRORS).map(([code, { meaning, exit, status }]) => [
    `\`${code}\``,
    meaning,
    advice.get(code) ?? "",
    exit === 0 ? "a warning" : `${exit}`,
    `${status ?? ""}`,
  ]);
  return table(["code", "meaning", "what to do", "exit code", "HTTP status"], rows);
}

function printEvents(): string {
  const rows = Object.entries(EVENTS).map(([event, [level, meaning]]) => [`\`${event}\``, level, meaning]);
  return table(["event", "level", "meaning"], rows);
}

function printMetrics(): string {
  const row = (type: string, { name, help, labels = [] }: MetricDescription) => [
    `\`${METRIC_PREFIX}${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(", "),
    help,
  ];
  const rows = [
    ...METRICS.map((metric) => row(metric.type, metric)),
    ...Object.values(HISTOGRAMS).map((histogram) => row("histogram", histogram)),
  ];
  return table(["metric", "type", "labels", "meaning"], rows.sort());
}

function printElfLimits(old: string): string {
  const bounds = new Map(
    Array.from(old.matchAll(/^\| `(\w+)` \| .*? \| (.*) \|$/gm), ([, name = "", text = ""]) => [name, text]),
  );
  const rows = Object.entries(DEFAULT_LIMITS).map(([name, value]) => [
    `\`${name}\``,
    value >= 1 << 20 && name.endsWith("Size") ? `${value / (1 << 20)} MiB` : value.toLocaleString("en-US"),
    bounds.get(name) ?? "",
  ]);
  return table(["option", "default", "limits"], rows);
}

function printCheckRules(): string {
  const rows = Object.entries(RULES).map(([rule, meaning]) => [
    `\`${rule}\``,
    meaning,
    DEFAULT_LEVELS[rule as keyof typeof RULES],
  ]);
  return table(["rule", "requires", "default level"], rows);
}
