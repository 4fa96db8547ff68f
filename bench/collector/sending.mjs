// The load generator, and the highest rate of a receiver that only decodes.
import { execFile, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const here = import.meta.dirname;
const run = promisify(execFile);

/** Builds the generator. Returns a function that sends frames and reports their number and rate. */
export function buildSender(directory) {
  const load = join(directory, "load");
  execFileSync("gcc", ["-O2", "-Wall", "-Wextra", "-o", load, join(here, "load.c")]);
  return async (transport, port, frames, rate, seconds) => {
    const { stdout } = await run(load, [transport, `${port}`, frames, `${rate}`, `${seconds}`]);
    const [sent, nanoseconds] = stdout.trim().split(" ").map(Number);
    return { sent, rate: Math.round((sent * 1e9) / nanoseconds) };
  };
}

/** The highest rate, to 10 %, at which a bare receiver loses no frame in two seconds. */
export async function ceiling(send, transport, frames) {
  for (let rate = transport === "udp" ? 70_000 : 120_000; rate > 1000; rate = Math.round(rate * 0.9)) {
    const child = fork(join(here, "receiver.mjs"), [transport]);
    const [{ port }] = await once(child, "message");
    const result = await send(transport, port, frames, rate, 2);
    await sleep(500);
    child.send("count");
    const [{ count }] = await once(child, "message");
    child.kill();
    if (transport === "tcp" || count === result.sent) return result.rate;
  }
  return 1000;
}
