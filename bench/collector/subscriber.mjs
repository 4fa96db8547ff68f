// A subscriber of the live stream: counts messages, and measures the time from the start of their process.
import WebSocket from "ws";

const [, , url, authorization] = process.argv;
/** The largest latency that is counted exactly. */
const MAX_LATENCY_MS = 60_000;
let latencies = new Uint32Array(MAX_LATENCY_MS + 1);
let counts = { messages: 0, lost: 0, max: 0 };
const socket = new WebSocket(url, { headers: { authorization } });
socket.on("open", () => process.send("open"));
socket.on("message", (data) => {
  const head = data.subarray(0, 160).toString("latin1");
  const started = /"started":"([^"]+)\d{6}Z"/.exec(head)?.[1];
  if (started === undefined) {
    const { type, count } = JSON.parse(data.toString());
    if (type === "lost") counts.lost += count;
    return;
  }
  const latency = Math.max(0, Math.min(MAX_LATENCY_MS, Date.now() - Date.parse(`${started}Z`)));
  counts.messages++;
  latencies[latency]++;
  if (latency > counts.max) counts.max = latency;
});

process.on("message", () => {
  process.send({ ...counts, p50: quantile(0.5), p99: quantile(0.99) });
  counts = { messages: 0, lost: 0, max: 0 };
  latencies = new Uint32Array(MAX_LATENCY_MS + 1);
});

function quantile(part) {
  let left = counts.messages * part;
  for (let latency = 0; latency < MAX_LATENCY_MS; latency++) {
    left -= latencies[latency];
    if (left <= 0) return latency;
  }
  return MAX_LATENCY_MS;
}
