import { fstatSync } from "node:fs";
import type { Collector } from "../../lib/collector/collector.js";
import { unknownVariables } from "../../lib/collector/config/resolve.js";
import { type Listener, type OpenListener, RECEIVE_BUFFER_BYTES } from "../../lib/collector/ingest/protocol.js";
import type { LogEvent } from "../../lib/collector/log/log.js";
import { addressOf } from "../../lib/collector/shared/address.js";
import { type DataDirectory, defaultDataDirectory } from "../../lib/collector/shared/data-directory.js";

/**
 * Says on stdout and in the log that the collector is ready, and where. The login link goes to a terminal only: elsewhere
 * stdout is a journal or a file, which others may read. Where systemd reads both as one journal, the log says it alone, so
 * that every line of the journal is JSON.
 */
export function announce(collector: Collector, data: DataDirectory, log: LogEvent, json: boolean): void {
  for (const sentence of unknownVariables(process.env)) log("unknown-variable", sentence);
  for (const listener of collector.listeners) warnOfSmallBuffer(listener, log);
  const addresses = collector.listeners.map(addressOf).join(", ");
  log("started", `receives on ${addresses}, answers on ${collector.publicUrl}`);
  const listening = (transport: Listener["transport"]) =>
    collector.listeners.filter((listener) => listener.transport === transport).map(addressOf);
  const endpoints = {
    pid: process.pid,
    udp: listening("udp"),
    tcp: listening("tcp"),
    unix: listening("unix"),
    agents: collector.agentAddresses.map(addressOf),
    http: collector.url,
    ...(process.stdout.isTTY && { login: collector.newLoginLink() }),
    data: data.path,
    tokenFile: data.token,
  };
  const { udp, tcp, unix, agents, login, tokenFile } = endpoints;
  const local = unix.length === 0 ? "" : `; unix ${unix.join(", ")}`;
  const ofData = data.path === defaultDataDirectory() ? "" : ` --data ${data.path}`;
  const page = [
    `receiving   udp ${udp.join(", ")}; tcp ${tcp.join(", ")}${local}`,
    ...(agents.length === 0 ? [] : [`agents      ${agents.join(", ")}`]),
    `answering   ${collector.publicUrl} (token in ${tokenFile})`,
    `browser     ${login === undefined ? `run ogrt-query${ofData} login for a login link` : `${login} (works once)`}`,
  ].join("\n");
  if (!json && isOneJournal()) return;
  process.stdout.write(`${json ? JSON.stringify(endpoints) : page}\n`);
}

/** Whether systemd reads stdout and stderr in one stream: systemd.exec(5), JOURNAL_STREAM. */
function isOneJournal(): boolean {
  const [output, errors] = [1, 2].map((descriptor) => {
    const { dev, ino } = fstatSync(descriptor);
    return `${dev}:${ino}`;
  });
  return output === errors && errors === process.env["JOURNAL_STREAM"];
}

/** The kernel limits receive buffers to net.core.rmem_max, and doubles them for its own bookkeeping (socket(7)). */
function warnOfSmallBuffer(listener: OpenListener, log: LogEvent): void {
  const { transport, receiveBuffer } = listener;
  if (transport !== "udp" || receiveBuffer >= RECEIVE_BUFFER_BYTES) return;
  const remedy = `to enlarge it, run sysctl -w net.core.rmem_max=${RECEIVE_BUFFER_BYTES} and restart the collector`;
  const sentence = `udp ${addressOf(listener)} has a receive buffer of ${receiveBuffer} bytes; ${remedy}`;
  log("small-receive-buffer", sentence, { receiveBuffer });
}
