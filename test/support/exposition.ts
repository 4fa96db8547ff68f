/** A family of metrics. */
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"';
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*),?\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|[+-]Inf|NaN)$`,
);

/**
 * Parses version 0.0.4 of Prometheus' text format. Throws unless each sample follows the HELP and TYPE of its family, each
 * family is in one piece, no sample occurs twice, and the buckets of histograms add up.
 */
export function parseExposition(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: { name: string; help: string; family: Family | undefined } | undefined;
  if (!text.endsWith("\n")) throw new Error("the last line has no newline");
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === "HELP") {
      if (families.has(name)) throw new Error(`${name} occurs in two places`);
      current = { name, help: rest, family: undefined };
    } else if (kind === "TYPE") {
      if (current?.name !== name) throw new Error(`${name} has no help`);
      if (!/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`${name} is of type ${rest}`);
      current.family = { type: rest, help: current.help, samples: [] };
      families.set(name, current.family);
    } else {
      const match = SAMPLE.exec(line);
      if (match === null) throw new Error(`not a sample: ${line}`);
      const [, sample = "", text = "", value = ""] = [match[0], match[1], match[2], match.at(-1)];
      const family = current?.family;
      if (current === undefined || family === undefined) throw new Error(`${sample} has no type`);
      const isOwn = sample === current.name || (family.type === "histogram" && isPart(sample, current.name));
      if (!isOwn) throw new Error(`${sample} is among the samples of ${current.name}`);
      const key = line.slice(0, line.lastIndexOf(" "));
      if (seen.has(key)) throw new Error(`${key} occurs twice`);
      seen.add(key);
      const labels = Object.fromEntries([...text.matchAll(new RegExp(LABEL, "g"))].map(([, label, of]) => [label, of]));
      family.samples.push({ name: sample, labels, value: Number(value.replace("Inf", "Infinity")) });
    }
  }
  for (const [name, { type, samples }] of families) {
    if (type === "counter" && samples.some(({ value }) => value < 0)) throw new Error(`${name} is negative`);
    if (type === "histogram") checkHistogram(name, samples);
  }
  return families;
}

const isPart = (sample: string, name: string) => ["_bucket", "_sum", "_count"].some((end) => sample === name + end);

function checkHistogram(name: string, samples: Family["samples"]): void {
  const series = (labels: Record<string, string>) => JSON.stringify({ ...labels, le: undefined });
  for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_count`)) {
    const buckets = samples.filter(
      (other) => other.name === `${name}_bucket` && series(other.labels) === series(labels),
    );
    const counts = buckets.map((bucket) => bucket.value);
    if (counts.some((count, index) => count < (counts[index - 1] ?? 0)))
      throw new Error(`${name}: bucket counts decrease`);
    if (buckets.at(-1)?.labels["le"] !== "+Inf" || counts.at(-1) !== value)
      throw new Error(`${name}: the +Inf bucket differs from the count`);
  }
}
