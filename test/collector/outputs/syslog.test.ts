import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SyslogOptions } from "../../../lib/collector/config/outputs/syslog.js";
import type { Document } from "../../../lib/collector/outputs/worker/document.js";
import { syslogMessage } from "../../../lib/collector/outputs/worker/syslog/message.js";
import { syslogSink } from "../../../lib/collector/outputs/worker/syslog/sink.js";
import { temporaryFolder } from "../../support/folder.js";
import { StreamReceiver } from "./support/line-receiver.js";
import { eventually } from "./support/outputs.js";

const folder = temporaryFolder();
const never = new AbortController().signal;
const OPTIONS = { facility: "local0", hostName: "collector", enterprise: 32_473, maxBytes: 2048 } as const;

const document = (fields: Partial<Document> = {}): Document => ({
  type: "process",
  sequence: 7,
  id: "id",
  uuid: "0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b",
  job: "42",
  cluster: "alpha",
  user: "alice",
  host: "node1",
  received: "2026-01-02T03:04:05.678901234Z",
  program: { path: "/usr/bin/true", verdict: "verified" },
  event: null,
  text: "{}",
  ...fields,
});
const message = (fields: Partial<Document> = {}, options = {}) =>
  syslogMessage(document(fields), { ...OPTIONS, ...options }).toString();

/** Header and one element of structured data by the grammar of RFC 5424 section 6. */
const GRAMMAR =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) \[ogrt@\d+((?: [a-z]+="(?:[^"\\\]]|\\["\\\]])*")*)\] (.*)$/su;

describe("a syslog message", () => {
  it("carries structured data with an enterprise number", () => {
    expect(message()).toBe(
      '<134>1 2026-01-02T03:04:05.678901Z collector ogrt - process [ogrt@32473 sequence="7" uuid="0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b" job="42" cluster="alpha" user="alice" host="node1" program="/usr/bin/true" verdict="verified"] process started',
    );
    const job = { type: "job", uuid: null, user: null, host: null, program: null, event: "end" } as const;
    expect(message(job, { facility: "daemon", enterprise: 1 })).toBe(
      '<30>1 2026-01-02T03:04:05.678901Z collector ogrt - job [ogrt@1 sequence="7" job="42" cluster="alpha"] job ended',
    );
  });

  it("carries the same values after its text without an enterprise number", () => {
    expect(message({ user: 'a"b' }, { enterprise: undefined })).toBe(
      '<134>1 2026-01-02T03:04:05.678901Z collector ogrt - process - process started sequence="7" uuid="0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b" job="42" cluster="alpha" user="a\\"b" host="node1" program="/usr/bin/true" verdict="verified"',
    );
  });

  it("is a warning if the executable's verdict is suspicious", () => {
    expect(message({ program: { path: "/x", verdict: "mismatch" } })).toMatch(/^<132>1 /);
    expect(message({ program: { path: "/x", verdict: "unchecked" } })).toMatch(/^<134>1 /);
  });

  it("follows the grammar and the size limit, also with hostile values", () => {
    const hostile = [
      '"] [evil@1 a="',
      "a\\",
      "]",
      "line\nbreak",
      "\u202eright",
      "ümlaut",
      "\\x00",
      "",
      "🙂".repeat(3000),
    ];
    for (const text of hostile) {
      for (const limit of [480, 2048]) {
        const written = message(
          { job: text, user: text, host: text, program: { path: text, verdict: "verified" } },
          { maxBytes: limit },
        );
        expect(Buffer.byteLength(written)).toBeLessThanOrEqual(limit);
        expect(written).toMatch(GRAMMAR);
        expect(GRAMMAR.exec(written)?.[8]).toBe("process started");
        expect([...written].some((character) => character < " ")).toBe(false);
      }
    }
  });
});

const options = (address: string): SyslogOptions => ({
  address,
  facility: "local0",
  enterprise: 32_473,
  "message-bytes": 2048,
  confirm: "close",
});

describe("an output to syslog", () => {
  it("counts the octets of each message on a unix stream", async () => {
    const receiver = new StreamReceiver();
    receiver.path = join(folder, "log.socket");
    await receiver.start();
    const sink = syslogSink(options(`unix://${receiver.path}`));
    await sink.deliver([document(), document({ user: "zoë", sequence: 8 })], never);
    await sink.confirm?.(never);
    let rest = Buffer.from(receiver.text);
    const messages: string[] = [];
    while (rest.length > 0) {
      const space = rest.indexOf(" ");
      const length = Number(rest.subarray(0, space));
      messages.push(rest.subarray(space + 1, space + 1 + length).toString());
      rest = rest.subarray(space + 1 + length);
    }
    expect(messages).toEqual([expect.stringContaining('sequence="7"'), expect.stringContaining('user="zoë"')]);
    await receiver.stop();
  });

  it("sends a datagram for each message, and fails if no receiver listens", async () => {
    const socket = createSocket("udp4");
    const received: string[] = [];
    socket.on("message", (bytes) => received.push(bytes.toString()));
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const sink = syslogSink(options(`udp://127.0.0.1:${socket.address().port}`));
    await sink.deliver([document(), document({ sequence: 8 })], never);
    await eventually(
      () => received.length,
      (count) => count === 2,
    );
    expect(received[1]).toMatch(GRAMMAR);
    socket.close();
    await once(socket, "close");
    await eventually(
      () => sink.deliver([document()], never).then(() => "", String),
      (error) => error.includes("ECONNREFUSED"),
    );
    await sink.close();
  });
});
