// What a process costs on the wire between agent and collector: `node bench/agent/wire.mjs`, as root. A stand-in for a
// collector takes the records of all processes that run here meanwhile, and counts their bytes by kind.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROCESSES = 300;
const FRAME_HEADER_BYTES = 8;
const TYPES = { hello: 20, welcome: 21, objects: 22, record: 23, acknowledgement: 24 };

/** A frame whose payload is one number in field 1. */
function frameOf(type, number) {
  const payload = [8];
  for (; number > 127; number = Math.floor(number / 128)) payload.push((number % 128) | 128);
  payload.push(number);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(type, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

/** The varint at a place, and the place behind it. */
function varint(bytes, at) {
  let [value, factor] = [0, 1];
  for (; bytes[at] > 127; factor *= 128) value += (bytes[at++] & 127) * factor;
  return [value + bytes[at] * factor, at + 1];
}

/** Sequence of a record, whether it is a start, and the number of its objects. */
function recordOf(payload) {
  let [sequence, at] = varint(payload, 1);
  let objects;
  if (payload[at] === 4 * 8) [objects, at] = varint(payload, at + 1);
  return { sequence, objects, isStart: payload[at] === 2 * 8 + 2 };
}

/** Bytes and numbers of what an agent delivers while `work` runs. */
export async function measureWire(program, work) {
  const folder = mkdtempSync(join(tmpdir(), "ogrt-wire-"));
  chmodSync(folder, 0o755);
  const counted = { starts: 0, ends: 0, startBytes: 0, endBytes: 0, objects: 0, objectBytes: 0, wholeBytes: 0 };
  const sizes = new Map();
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      while (bytes.length >= FRAME_HEADER_BYTES && bytes.length >= FRAME_HEADER_BYTES + bytes.readUInt32BE(4)) {
        const size = FRAME_HEADER_BYTES + bytes.readUInt32BE(4);
        const [type, payload] = [bytes.readUInt32BE(0), bytes.subarray(FRAME_HEADER_BYTES, size)];
        bytes = bytes.subarray(size);
        if (type === TYPES.hello) socket.write(frameOf(TYPES.welcome, 1));
        if (type === TYPES.objects) {
          sizes.set(varint(payload, 1)[0], size);
          counted.objects++;
          counted.objectBytes += size;
        }
        if (type !== TYPES.record) continue;
        const { sequence, objects, isStart } = recordOf(payload);
        counted[isStart ? "starts" : "ends"]++;
        counted[isStart ? "startBytes" : "endBytes"] += size;
        counted.wholeBytes += size + (isStart ? (sizes.get(objects) ?? 0) : 0);
        socket.write(frameOf(TYPES.acknowledgement, sequence));
      }
    });
  });
  const path = join(folder, "collector.sock");
  await once(server.listen(path), "listening");
  chmodSync(path, 0o666);
  const token = join(folder, "token");
  execFileSync(program, ["--enrol", token, "--node", "bench"]);
  const options = [
    "--collector",
    `unix:${path}`,
    "--token",
    token,
    "--spool",
    join(folder, "spool"),
    "--node",
    "bench",
  ];
  const agent = spawn(program, ["--deliver", ...options], { stdio: ["ignore", "ignore", "inherit"] });
  while (counted.starts === 0 && agent.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 100));
  // What ran before has been told by now.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const name of Object.keys(counted)) counted[name] = 0;
  await work();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  agent.kill("SIGTERM");
  if (agent.exitCode === null) await once(agent, "exit");
  server.close();
  rmSync(folder, { recursive: true, force: true });
  return counted;
}

export async function printWire(program) {
  const commands = [["/bin/true"], ["/bin/ls", "-l", "/etc"], ["/bin/sh", "-c", "exit 0"], ["/usr/bin/env", "id"]];
  const { starts, ends, startBytes, endBytes, objects, objectBytes, wholeBytes } = await measureWire(program, () => {
    for (let index = 0; index < PROCESSES; index++) {
      const [command, ...args] = commands[index % commands.length];
      spawnSync(command, args, { stdio: "ignore" });
    }
  });
  const per = (bytes, number) => (bytes / number).toFixed(0);
  console.log(
    `\nOn the wire: a start has ${per(startBytes, starts)} bytes, an end ${per(endBytes, ends)}, and ${objects} lists of ` +
      `objects had ${objectBytes} bytes, for ${starts} starts and ${ends} ends: ` +
      `${per(startBytes + endBytes + objectBytes, starts)} bytes a process; with its objects in each start it ` +
      `would be ${per(wholeBytes, starts)}.`,
  );
}

if (process.argv[1] === import.meta.filename)
  await printWire(join(import.meta.dirname, "../../native-agent/build/ogrt-agent"));
