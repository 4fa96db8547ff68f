import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeMessage } from "../../lib/wire/index.js";
import { StreamReceiver } from "../collector/outputs/support/line-receiver.js";
import { eventually, startWithOutputs } from "../collector/outputs/support/outputs.js";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";
import { object, processEnd, processStart } from "../wire/samples.js";

const settings = new Map(
  readFileSync(join(root, "integrations/splunk/props.conf"), "utf8")
    .split("\n")
    .filter((line) => /^\w+ = /.test(line))
    .map((line) => line.split(/ = (.*)/s, 2) as [string, string]),
);
const setting = (name: string) => settings.get(name) ?? "";

/** The time that Splunk extracts by TIME_PREFIX, TIME_FORMAT and MAX_TIMESTAMP_LOOKAHEAD. */
function timeOf(document: string): string | undefined {
  const prefix = new RegExp(setting("TIME_PREFIX")).exec(document);
  if (prefix === null) return undefined;
  const from = prefix.index + prefix[0].length;
  const digits = { Y: 4, m: 2, d: 2, H: 2, M: 2, S: 2, "9N": 9 };
  const format = setting("TIME_FORMAT")
    .replace(/[.]/g, "\\.")
    .replace(/%(9N|\w)/g, (_, part: keyof typeof digits) => `\\d{${digits[part]}}`);
  return new RegExp(`^${format}`).exec(document.slice(from, from + Number(setting("MAX_TIMESTAMP_LOOKAHEAD"))))?.[0];
}

it("reads every document whole, with the time of its reception", async () => {
  const receiver = new StreamReceiver();
  await receiver.start();
  const output = { kind: "json-lines", address: `tcp://127.0.0.1:${receiver.port}` };
  const collector = await startWithOutputs(join(temporaryFolder(), "data"), [output]);
  const fake = '"received":"1999-01-01T00:00:00.000000000Z"\r\n';
  const hostile = processStart({ job: fake, user: fake, arguments: [fake], workingDirectory: fake });
  const large = processStart({
    objects: Array.from({ length: 300 }, (_, i) => object(`/sw/${"x".repeat(100)}/${i}.so`)),
  });
  const part = processStart({ job: fake, part: { index: 1, totalObjects: 4 } });
  const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
  await collector.send(
    ...[hostile, large, part, processEnd(hostile.uuid ?? "")].map(encodeMessage),
    encodeMessage({ type: "job-start", job: fake, time }),
  );
  await collector.waitForFrames(5);
  const breaker = new RegExp(setting("LINE_BREAKER"));
  const events = await eventually(
    () => receiver.text.split(breaker).filter((text) => text !== "" && !/^[\r\n]+$/.test(text)),
    ({ length }) => length >= 5,
  );
  await collector.stop();
  await receiver.stop();
  const documents = events.map((text) => JSON.parse(text));
  expect(new Set(documents.map(({ type }) => type))).toEqual(new Set(["process", "part", "end", "job"]));
  expect(events.map(timeOf)).toEqual(documents.map(({ received }) => received));
  // Splunk cuts events after 10,000 bytes unless told otherwise.
  expect(Math.max(...events.map((text) => Buffer.byteLength(text)))).toBeGreaterThan(10_000);
  expect([setting("TRUNCATE"), setting("TZ"), setting("SHOULD_LINEMERGE")]).toEqual(["0", "UTC", "false"]);
});

it("has the settings that the documentation explains", () => {
  const page = readFileSync(join(root, "docs/reference/outputs.md"), "utf8");
  const section = page.slice(page.indexOf("### Splunk"), page.indexOf("## `elasticsearch`"));
  const documented = [...section.matchAll(/^\| `(\w+)` \| `(.*?)` \|/gm)].map(([, name, value]) => [name, value]);
  expect(documented).toEqual([...settings]);
});
