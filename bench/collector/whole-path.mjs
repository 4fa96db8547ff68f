// Frames at a rate through the whole path: decode, verdict, durable store, one subscriber.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuEach, startCollector } from "./running.mjs";

const REPORT_INTERVAL_MS = 60_000;

const sum = (reasons) => Object.values(reasons).reduce((total, count) => total + count, 0);
const seconds = (n) => `${n} s`;

/**
 * Starts a collector and sends frames to it.
 *
 * @param duration - in seconds. @param print - receives the report line by line. @returns whether no frame was lost.
 */
export async function wholePath({ send, frames, directory, transport, rate, duration, profile, print }) {
  const collector = await startCollector(join(directory, `data-${transport}-${Date.now()}`), { profile });
  const subscriber = await collector.subscribe();
  const port = collector.port(transport);
  // The warm-up makes the collector examine every file. It is slow and not measured.
  await send(transport, port, frames, 2000, 2);
  await sleep(2000);
  await subscriber.report();
  const before = await collector.accounting();
  const cpuBefore = collector.cpu();
  const resident = [];
  const sample = () => resident.push(collector.resident());
  const sampler = setInterval(sample, 500);
  const startedAt = performance.now();
  const watch = setInterval(async () => {
    const now = await collector.accounting();
    const elapsed = Math.round((performance.now() - startedAt) / 1000);
    const { messages, lost, p99 } = await subscriber.report();
    print(
      `  after ${seconds(elapsed)}: received ${now.received}, pending ${now.pending}, adds up: ${addsUp(now)}, ` +
        `stream ${messages} (lost ${lost}, p99 ${p99} ms), resident ${collector.resident()} MB`,
    );
  }, REPORT_INTERVAL_MS);
  const result = await send(transport, port, frames, rate, duration);
  clearInterval(watch);
  let after = await collector.accounting();
  while (after.pending > 0) {
    await sleep(100);
    after = await collector.accounting();
  }
  // The kernel's drop counter is read every second.
  await sleep(1500);
  after = await collector.accounting();
  clearInterval(sampler);
  const cpu = cpuEach(cpuBefore, collector.cpu(), result.sent);
  const streamed = await subscriber.report();
  const peak = collector.peak();
  subscriber.stop();
  await collector.stop();
  const received = after.received - before.received;
  const dropped = sum(after.dropped) - sum(before.dropped);
  print(
    `  sent ${result.sent} at ${result.rate}/s in ${seconds(duration)}; received ${received}, stored ${after.stored - before.stored}`,
  );
  print(
    `  dropped ${dropped}, by the kernel ${after.kernelDropped}, rejected ${sum(after.rejected)}; adds up: ${addsUp(after)}`,
  );
  print(`  sent but not counted: ${result.sent - received - after.kernelDropped}`);
  const { messages, lost, p50, p99, max } = streamed;
  print(
    `  stream: ${messages} messages, lost ${lost}; start to stream p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`,
  );
  const tenth = Math.ceil(resident.length / 10);
  const mean = (values) => Math.round(values.reduce((a, b) => a + b, 0) / values.length);
  print(
    `  resident: first tenth ${mean(resident.slice(0, tenth))} MB, last tenth ${mean(resident.slice(-tenth))} MB, peak ${peak} MB`,
  );
  const [main, ...others] = cpu.map((each) => each.toFixed(1));
  const total = cpu.reduce((a, b) => a + b, 0).toFixed(1);
  print(`  CPU per record: ${total} µs; main thread ${main}, others ${others.join(" ")}`);
  return dropped === 0 && after.kernelDropped === 0 && lost === 0 && result.rate > rate * 0.98;
}

function addsUp({ received, stored, duplicate, rejected, dropped, pending }) {
  return received === stored + duplicate + sum(rejected) + sum(dropped) + pending;
}
