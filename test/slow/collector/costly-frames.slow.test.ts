import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { sumOf } from "../../../lib/shared/sum.js";
import { encodeFrame, encodeMessage, type ObjectReport } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid } from "../../support/toolchain.js";
import { object, processStart } from "../../wire/samples.js";

const ELEMENTS = 16_000;
const numbers = (count: number, of: (number: number) => string) => Array.from({ length: count }, (_, at) => of(at));
const started = (number: number, fields: Parameters<typeof processStart>[0]) =>
  encodeMessage(processStart({ uuid: undefined, pid: number, ...fields }));

const withObjects = (number: number, make: (at: number) => ObjectReport, count = ELEMENTS) =>
  started(number, { objects: Array.from({ length: count }, (_, at) => make(at)) });
const buildId = (number: number, at: number) => (number * ELEMENTS + at).toString(16).padStart(32, "0");

/** Frames that cost far more than their bytes, or far more than one of many. */
const COSTLY: readonly [kind: string, frames: number, make: (number: number) => Uint8Array][] = [
  ["new objects", 40, (n) => withObjects(n, (at) => object(`${n}/${at}`))],
  ["new objects of paths that are no UTF-8", 40, (n) => withObjects(n, (at) => object(`${n}/\\xff${at}`))],
  [
    "new objects with a signature, a build-id and a soname",
    20,
    (n) =>
      withObjects(n, (at) => ({ ...object(`/${n}/${at}`, [freshUuid()], buildId(n, at)), soname: `${at}` }), 10_000),
  ],
  ["new modules", 40, (n) => started(n, { modules: numbers(ELEMENTS, (at) => `${n}/${at}`) })],
  ["short arguments", 100, (n) => started(n, { arguments: numbers(8000, (at) => `${at}`), workingDirectory: `${n}` })],
  ["tiny frames", 100_000, (n) => started(n, { objects: [], modules: [], arguments: [], environment: [] })],
  ["frames of an unknown type", 200_000, () => encodeFrame(99, new Uint8Array())],
];

/** Largest resident memory so far, in MiB. */
const peakMb = ({ child }: RunningCollector) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "latin1"))?.[1]) / 1024;

/** Status of an answer. Ten seconds are a hundred times as long as it takes when the main thread makes pauses. */
async function statusOf(url: URL): Promise<number | undefined> {
  const request = get(url, { agent: false, signal: AbortSignal.timeout(10_000) });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

it.each(COSTLY)(
  "%s neither stop the answers nor fill the memory, and other senders lose nothing",
  async (_, frames, make) => {
    const options = ["--sender-rate", "0", "--unix", join(temporaryFolder(), "socket")];
    const collector = await startCollector(join(temporaryFolder(), "data"), ...options);
    const socket = await collector.connect();
    for (let number = 0; number < frames; number++) socket.write(make(number));
    socket.end();
    let good = 0;
    for (;;) {
      expect(await statusOf(new URL("/livez", collector.where.http))).toBe(200);
      await collector.send(encodeMessage(processStart({ uuid: undefined, pid: 1_000_000 + good++, job: "good" })));
      const { stored, rejected } = await collector.accounting();
      if (stored + sumOf(rejected) >= frames) break;
      await sleep(20);
    }
    const { rejected, dropped } = await collector.waitForFrames(frames + good);
    expect(dropped).toEqual({});
    expect(Object.keys(rejected).filter((reason) => reason !== "unknown-type")).toEqual([]);
    expect(peakMb(collector)).toBeLessThan(1024);
    expect(await collector.stop()).toBe(0);
  },
);
