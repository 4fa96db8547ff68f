// Measures the whole path of frames. Without options: UDP and TCP, ten seconds each, at 60 % of the rate of a bare receiver.
//
//   --transport udp|tcp   one of them
//   --rate N              frames per second, without measuring the bare receiver
//   --seconds N           length of each run; long runs print a line per minute (soak: --rate 8000 --seconds 600)
//   --search              finds the highest rate without loss, to 10 %, from --rate or that of the bare receiver down
//   --store N             measures the growth of the store over N processes
//   --profile DIR         directory for V8 profiles of the threads of the collector
//   --directory DIR       directory for all files
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeFrames } from "./frames.mjs";
import { buildSender, ceiling } from "./sending.mjs";
import { storeSize } from "./store-size.mjs";
import { wholePath } from "./whole-path.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    transport: { type: "string" },
    rate: { type: "string" },
    search: { type: "boolean", default: false },
    store: { type: "string" },
    profile: { type: "string" },
    directory: { type: "string", default: tmpdir() },
  },
});
const SHARE = 0.6;
const print = (line) => console.log(line);
const directory = mkdtempSync(join(values.directory, "ogrt-bench-"));

try {
  const send = buildSender(directory);
  const { path: frames, size } = makeFrames(directory, root);
  print(`records of ${Math.round(size)} bytes`);
  const common = { send, frames, directory, duration: Number(values.seconds), profile: values.profile, print };
  if (values.store !== undefined) await storeSize({ ...common, processes: Number(values.store) });
  else
    for (const transport of values.transport === undefined ? ["udp", "tcp"] : [values.transport])
      await measure(transport);

  async function measure(transport) {
    let rate = Number(values.rate);
    if (values.rate === undefined) {
      const most = await ceiling(send, transport, frames);
      rate = values.search ? most : Math.round(most * SHARE);
      print(`${transport}: a bare receiver decodes ${most}/s`);
    }
    for (;;) {
      print(`${transport}, the whole path at ${rate}/s:`);
      const isLossless = await wholePath({ ...common, transport, rate });
      if (!values.search || isLossless || rate < 1000) break;
      rate = Math.round(rate * 0.9);
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
