// One attack beside a sender that behaves well.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startCollector } from "../collector/running.mjs";
import { wrongVerdicts } from "./verdicts.mjs";

/** What V8 takes on a host of 4 GB. */
const HEAP_MB = 1024;
const NEWCOMER_INTERVAL_MS = 500;
const PROBE_INTERVAL_MS = 200;
/** The attack begins this long before the measurement. */
const LEAD_MS = 2000;
/** After the attack, the collector has this long to store what it has received: 64 MiB of frames may hold millions of objects. */
const SETTLE_MS = 180_000;

/** @param send - of buildSender. @param frames - of makeFrames. @returns the figures of the trial. */
export async function trial({ attack, send, frames: { path: frames, newcomer }, directory, transport, rate, seconds }) {
  const data = join(directory, `data-${attack}`);
  const register = join(directory, `register-${attack}`);
  const unixPath = join(directory, `${attack}.sock`);
  mkdirSync(register);
  const collector = await startCollector(data, {
    options: ["--unix", unixPath, "--register", register],
    nodeOptions: [`--max-old-space-size=${HEAP_MB}`],
  });
  const subscriber = await collector.subscribe(`?path=${encodeURIComponent("*/bin/program-*")}`);
  // The collector examines every file once, before anybody attacks.
  const warm = await send(transport, collector.port(transport), frames, 2000, 2);
  await settled(collector);
  await subscriber.report();
  const target = {
    tcpPort: collector.port("tcp"),
    udpPort: collector.port("udp"),
    http: collector.http,
    token: collector.token,
    unixPath,
    register,
    directory,
  };
  const attacker = fork(join(import.meta.dirname, "attacker.mjs"), [attack, JSON.stringify(target)]);
  await sleep(LEAD_MS);
  const probe = startProbe(`${collector.http}/livez`);
  const newcomers = startNewcomers(collector.port("tcp"), newcomer);
  const result = await send(transport, collector.port(transport), frames, rate, seconds);
  const newPrograms = await newcomers.stop();
  attacker.send("stop");
  await once(attacker, "exit");
  const longestAnswer = await probe.stop();
  const adds = await settled(collector);
  const streamed = await subscriber.report();
  const alive = collector.exitCode() === undefined;
  const peak = alive ? collector.peak() : 0;
  subscriber.stop();
  const exit = alive ? await collector.stop() : collector.exitCode();
  const sent = warm.sent + result.sent + newPrograms;
  return {
    attack,
    rate: result.rate,
    longestAnswer,
    p99: streamed.p99,
    peak,
    adds,
    exit,
    sent,
    ...(await wrongVerdicts(data)),
  };
}

let newcomerCount = 0;

/** Starts a program that did not exist before, again and again, as the same sender. */
function startNewcomers(port, newcomer) {
  const socket = connect(port, "127.0.0.1");
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(newcomer(newcomerCount++));
    sent++;
  }, NEWCOMER_INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      socket.end();
      await once(socket, "close");
      return sent;
    },
  };
}

/** Asks an address again and again, and finds the longest time of an answer in milliseconds. */
function startProbe(url) {
  let longest = 0;
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const begin = performance.now();
      const isAnswered = await fetch(url, { signal: AbortSignal.timeout(60_000) }).then(
        (response) => response.arrayBuffer(),
        () => undefined,
      );
      longest = Math.max(longest, isAnswered === undefined ? Number.POSITIVE_INFINITY : performance.now() - begin);
      await sleep(PROBE_INTERVAL_MS);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await running;
      return Math.round(longest);
    },
  };
}

/** Waits until nothing is pending. @returns whether the counts add up. */
async function settled(collector) {
  const sum = (reasons) => Object.values(reasons).reduce((total, count) => total + count, 0);
  const end = Date.now() + SETTLE_MS;
  while (Date.now() < end) {
    const counts = await collector.accounting().catch(() => undefined);
    if (counts?.pending === 0) {
      const { received, stored, duplicate, rejected, dropped } = counts;
      return received === stored + duplicate + sum(rejected) + sum(dropped);
    }
    await sleep(200);
  }
  return false;
}
