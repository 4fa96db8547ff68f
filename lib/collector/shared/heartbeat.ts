import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { readOwn } from "../../files/read-own.js";
import type { UnaccountedFrames } from "../frames/counts.js";
import { syncDirectory } from "./sync-directory.js";

/*
 * The heartbeat of a collector, a file beside the store: when it was running last. It is written in place once a second, in
 * two slots in turn, so that a torn write leaves the one before; the store itself would log and checkpoint every second of
 * an idle collector. It is synced every tenth time: a collector that is killed leaves its last heartbeat in any case, and a
 * host that loses power one that is some seconds older.
 */

/** The wall clock and a clock that is never set, in milliseconds. The latter counts from an unknown time in each boot. */
export interface Clock {
  readonly time: number;
  readonly uptime: number;
  /** Identity of the host's boot. */
  readonly boot: string;
}

export interface Heartbeat extends Clock {
  /** Rises by one with every heartbeat. */
  readonly number: number;
  /** The collector does not receive any more: it was told to stop. */
  readonly isStopped: boolean;
  /** Null when there were too many counts for a slot. */
  readonly frames: UnaccountedFrames | null;
}

/** Holds the counts of more than an hour in which the store takes none. */
const SLOT_BYTES = 16 * 1024;
/** Heartbeats until one is synced. */
const SYNC_INTERVAL = 10;

export const heartbeatPath = (store: string): string => `${store}.heartbeat`;

export function readClock(): Clock {
  boot ??= readBoot();
  return { time: Date.now(), uptime: Number(process.hrtime.bigint() / 1_000_000n), boot };
}

let boot: string | undefined;

function readBoot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Like no other boot.
    return randomUUID();
  }
}

/** The last heartbeat; undefined when no heartbeat can be read. */
export function readHeartbeat(path: string): Heartbeat | undefined {
  let bytes: Buffer;
  try {
    bytes = readOwn(path, 2 * SLOT_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const found = [0, SLOT_BYTES].flatMap((at) => decode(bytes.subarray(at, at + SLOT_BYTES)) ?? []);
  return found.sort((a, b) => a.number - b.number).at(-1);
}

/** A heartbeat file that is open for writing. */
export class HeartbeatFile {
  readonly #file: FileHandle;
  #next: number;

  /** @param last - the last heartbeat in it. */
  static async open(path: string, last: Heartbeat | undefined): Promise<HeartbeatFile> {
    try {
      return new HeartbeatFile(await open(path, "r+"), last);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      const file = await open(path, "wx+", 0o600);
      // All bytes at once, so that later writes need no room.
      await file.write(Buffer.alloc(2 * SLOT_BYTES));
      await file.sync();
      syncDirectory(dirname(path));
      return new HeartbeatFile(file, last);
    }
  }

  private constructor(file: FileHandle, last: Heartbeat | undefined) {
    this.#file = file;
    this.#next = (last?.number ?? -1) + 1;
  }

  async write(heartbeat: Omit<Heartbeat, "number">): Promise<void> {
    const number = this.#next++;
    const whole = encode({ ...heartbeat, number });
    const bytes = whole.length > SLOT_BYTES ? encode({ ...heartbeat, number, frames: null }) : whole;
    await this.#file.write(bytes, 0, bytes.length, (number % 2) * SLOT_BYTES);
    if (heartbeat.isStopped || number % SYNC_INTERVAL === 0) await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A line with a checksum and JSON. */
function encode(heartbeat: Heartbeat): Buffer {
  const text = JSON.stringify(heartbeat);
  return Buffer.from(`${checksum(text)} ${text}\n`);
}

function decode(slot: Buffer): Heartbeat | undefined {
  const [, sum, text = ""] = /^([0-9a-f]{16}) (.*)\n/.exec(slot.toString()) ?? [];
  return sum !== undefined && checksum(text) === sum ? (JSON.parse(text) as Heartbeat) : undefined;
}

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
