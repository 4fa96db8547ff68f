// One subscriber of the live stream: counts messages and how long after their process's start they came.
import WebSocket from "ws";

const [, , url, token] = process.argv;
const latencies = [];
const counts = { messages: 0, lost: 0 };
const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
socket.on("open", () => process.send("open"));
socket.on("message", (data) => {
  const head = data.subarray(0, 300).toString("latin1");
  const started = /"started":"([^"]+)\d{6}Z"/.exec(head)?.[1];
  if (started === undefined) counts.lost += JSON.parse(data.toString()).count;
  else {
    counts.messages++;
    if (latencies.length < 2_000_000) latencies.push(Date.now() - Date.parse(`${started}Z`));
  }
});
process.on("message", () => {
  latencies.sort((a, b) => a - b);
  const at = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))];
  process.send({ ...counts, p50: at(0.5), p99: at(0.99), max: latencies.at(-1) });
  latencies.length = 0;
});
