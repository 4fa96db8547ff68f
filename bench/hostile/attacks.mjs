// Attacks on a collector. Each runs until the signal aborts, and pays its own work as little as it can.

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { encodeMessage } from "../../dist/wire.js";
import { record } from "../collector/frames.mjs";

/** Loopback addresses of attackers; the well-behaved sender is 127.0.0.1. */
const ADDRESSES = 50;
const address = (i) => `127.0.0.${2 + (i % ADDRESSES)}`;
/** Frames of one buffer that is sent again and again. */
const TINY_FRAMES = 4096;

let counter = 0;
const unique = () => (counter++).toString(36);
const object = (path) => ({ path, signatures: [], buildId: undefined, soname: undefined });

/** A start record with a new UUID. */
function start(fields) {
  const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
  const base = record(object("/usr/bin/true"), [], 0, time);
  return Buffer.from(encodeMessage({ ...base, uuid: crypto.randomUUID(), job: "attack", ...fields }));
}

/** Writes what `next` makes to TCP connections as fast as the collector reads, and connects again when it is thrown out. */
async function pour(options, next, signal) {
  while (!signal.aborted) {
    const socket = connect(options);
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.once("close", resolve));
    while (!signal.aborted && !socket.destroyed) {
      if (!socket.write(next())) await Promise.race([once(socket, "drain").catch(() => {}), closed, aborted(signal)]);
      else await sleep(0);
    }
    socket.destroy();
    await sleep(20);
  }
}

const aborted = (signal) => new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
const tcp = ({ tcpPort }, i = 0) => ({ port: tcpPort, host: "127.0.0.1", localAddress: address(i) });

/** An ELF file of 4 KB on disk whose header claims millions of sections. */
function slowFile(path) {
  const header = Buffer.alloc(128);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  const SECTIONS = 3_000_000n;
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(64n, 40);
  for (const [value, at] of [
    [64, 52],
    [56, 54],
    [64, 58],
  ])
    header.writeUInt16LE(value, at);
  header.writeBigUInt64LE(SECTIONS, 64 + 32);
  const file = openSync(path, "w");
  writeSync(file, header);
  ftruncateSync(file, Number(SECTIONS) * 64 + 4096);
  closeSync(file);
  return path;
}

/** Datagrams of made-up paths at a rate that a sender may have. */
async function datagrams({ udpPort }, signal, perSecond, make) {
  const socket = createSocket("udp4");
  socket.bind(0, address(0));
  await once(socket, "listening");
  const BATCH_MS = 10;
  while (!signal.aborted) {
    for (let i = 0; i < (perSecond * BATCH_MS) / 1000; i++) socket.send(make(), udpPort, "127.0.0.1");
    await sleep(BATCH_MS);
  }
  socket.close();
}

export const ATTACKS = {
  /** Nobody attacks: what the others are compared with. */
  none: (_target, signal) => aborted(signal),

  /** 5,000 spellings of the path of one slow file in each frame, and a new file every time. */
  spellings: (target, signal) => {
    const next = () => {
      const file = slowFile(join(target.directory, `slow-${counter % 64}`));
      const at = file.lastIndexOf("/");
      const spelling = (i) => {
        const detour = Array.from({ length: 13 }, (_, bit) => ((i >> bit) & 1 ? "/./" : "/")).join("");
        return object(`${file.slice(0, at)}${detour}${unique()}/../${file.slice(at + 1)}`);
      };
      return start({ objects: Array.from({ length: 5000 }, (_, i) => spelling(i)) });
    };
    return pour(tcp(target), next, signal);
  },

  /** Frames of 16,000 objects that nobody has seen, nearly as many as a frame may hold. */
  objects: (target, signal) =>
    pour(
      tcp(target),
      () => {
        const prefix = unique();
        return start({
          host: "elsewhere",
          objects: Array.from({ length: 16_000 }, (_, i) => object(`${prefix}/${i}`)),
        });
      },
      signal,
    ),

  /** The smallest frames that are records, over the unix socket and from every address. */
  tiny: async (target, signal) => {
    const frames = () => {
      const smallest = Buffer.alloc(8 + 17);
      smallest.writeUInt32BE(12, 0);
      smallest.writeUInt32BE(17, 4);
      smallest.set([0xe2, 0x12, 0x0e], 8);
      smallest.write(`/${unique().padStart(13, "0")}`, 11, "latin1");
      return smallest;
    };
    const buffer = () => Buffer.concat(Array.from({ length: TINY_FRAMES }, frames));
    await Promise.all([
      pour({ path: target.unixPath }, buffer, signal),
      ...Array.from({ length: 8 }, (_, i) => pour(tcp(target, i), buffer, signal)),
    ]);
  },

  /** As many connections as the system gives, each of which sends a byte now and then. */
  connections: async (target, signal) => {
    const sockets = new Set();
    const MAX_CONNECTIONS = 4000;
    const frame = start({});
    while (!signal.aborted) {
      for (let i = 0; i < 100 && sockets.size < MAX_CONNECTIONS; i++) {
        const socket = connect(i % 4 === 0 ? { path: target.unixPath } : tcp(target, sockets.size));
        sockets.add(socket);
        socket.on("error", () => {}).on("close", () => sockets.delete(socket));
        socket.sent = 0;
      }
      for (const socket of sockets) {
        if (socket.writable && Math.random() < 0.1) socket.write(frame.subarray(socket.sent, ++socket.sent));
        if (socket.sent === frame.length - 1) socket.sent = 0;
      }
      await sleep(200);
    }
    for (const socket of sockets) socket.destroy();
  },

  /** Made-up paths of this host at a fifth of a sender's rate. */
  paths: (target, signal) =>
    datagrams(target, signal, 1000, () =>
      start({ objects: Array.from({ length: 20 }, () => object(`/made/up/${unique()}`)) }),
    ),

  /** WebSockets that send a frame in fragments of one byte, and never the last. */
  fragments: async (target, signal) => {
    const sockets = new Set();
    const open = () => {
      const socket = new WebSocket(`${target.http.replace("http", "ws")}/ingest`, {
        headers: { authorization: `Bearer ${target.token}` },
      });
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    };
    while (!signal.aborted) {
      while (sockets.size < 200) open();
      for (const socket of sockets) {
        if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > 65_536) continue;
        for (let i = 0; i < 100; i++) socket.send(Buffer.of(i), { fin: false });
      }
      await sleep(10);
    }
    for (const socket of sockets) socket.terminate();
  },

  /** A million distinct objects, jobs and users in ten minutes. */
  distinct: (target, signal) =>
    datagrams(target, signal, 1700, () => {
      const text = unique();
      return start({
        host: `n-${text}`,
        job: `j-${text}`,
        user: `u-${text}`,
        uid: counter,
        program: object(`/p/${text}`),
      });
    }),

  /** The same frames again and again. */
  repeats: (target, signal) => {
    const frames = Buffer.concat(Array.from({ length: 200 }, () => start({})));
    return pour(tcp(target), () => frames, signal);
  },

  /** A register that grows by lines that are none, while a sparse file lies beside it. */
  register: async (target, signal) => {
    const file = openSync(join(target.register, "sparse.jsonl"), "w");
    ftruncateSync(file, 2 ** 42);
    closeSync(file);
    const line = `${"x".repeat(100_000)}\n{"uuid":\n`;
    while (!signal.aborted) {
      for (let i = 0; i < 20; i++) appendFileSync(join(target.register, `junk-${i}.jsonl`), line);
      await sleep(1000);
    }
  },
};
