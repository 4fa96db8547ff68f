import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { run } from "../../support/toolchain.js";

/** A program in a situation that trackers are known to break. */
export interface Hazard {
  name: string;
  command: readonly string[];
  environment?: Record<string, string>;
  cwd?: string;
  /** File that the program leaves; its content belongs to its behaviour. */
  file?: string;
  input?: string;
  /** What differs from run to run without any preload. */
  unsteady?: RegExp;
  /** The library to preload, where it is another than the built one. */
  library?: string;
}

/**
 * How the library is loaded: off; reporting to a collector that lives, that is gone, whose datagram buffer is full, that
 * hangs up on each connection, that accepts none any more.
 */
export const MODES = ["off", "on", "dead", "full", "hung up", "stuck"] as const;
export type Mode = (typeof MODES)[number];

interface Behaviour {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  file: string;
}

function behaviour(hazard: Hazard, tracking: Record<string, string>): Behaviour {
  const [file = "", ...args] = hazard.command;
  const { PATH } = process.env;
  if (hazard.file !== undefined) rmSync(hazard.file, { force: true });
  const { status, signal, stdout, stderr } = spawnSync(file, args, {
    env: { PATH, ...hazard.environment, ...tracking },
    ...(hazard.cwd !== undefined && { cwd: hazard.cwd }),
    input: hazard.input ?? "",
    encoding: "latin1",
    maxBuffer: 64 << 20,
    timeout: 120_000,
  });
  const left = hazard.file !== undefined && existsSync(hazard.file) ? readFileSync(hazard.file, "latin1") : "";
  const steady = (text: string): string =>
    hazard.unsteady === undefined ? text : text.replaceAll(hazard.unsteady, "…");
  return { status, signal, stdout: steady(stdout), stderr: steady(stderr), file: left };
}

/** Servers of all modes, for one test file. */
export async function matrix(library: string, folder: string) {
  const live = createSocket("udp4");
  live.bind(0, "127.0.0.1");
  await once(live, "listening");
  live.setRecvBufferSize(4 << 20);
  const rude = createServer((socket) => socket.destroy());
  const path = join(folder, "hung-up.sock");
  run("gcc", "-w", "-o", join(folder, "stuck"), join(import.meta.dirname, "../programs/stuck.c"));
  const stuck = spawn(join(folder, "stuck"), [join(folder, "stuck.sock")], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(stuck.stdout, "data")) as [Buffer];
  rude.listen(path);
  await once(rude, "listening");
  const servers: Record<Mode, string> = {
    off: "udp://127.0.0.1:9",
    on: `udp://127.0.0.1:${live.address().port}`,
    dead: "udp://127.0.0.1:9",
    full: `udp://127.0.0.1:${Number(port)}`,
    "hung up": `unix://${path}`,
    stuck: `unix://${join(folder, "stuck.sock")}`,
  };
  return {
    /** Holds the program under the library against itself without. */
    check(hazard: Hazard, mode: Mode): void {
      const without = behaviour(hazard, {});
      const tracked = behaviour(hazard, {
        LD_PRELOAD: hazard.library ?? library,
        OGRT_SERVER: servers[mode],
        ...(mode !== "off" && { OGRT_ACTIVE: "1" }),
      });
      record(hazard.name, mode, JSON.stringify(tracked) === JSON.stringify(without));
      expect(tracked).toEqual(without);
    },
    close(): void {
      live.close();
      rude.close();
      stuck.stdin.end();
    },
  };
}

/** Results go where OGRT_MATRIX says, a line each; native-preload/test/table.mjs makes the table of the documentation. */
function record(hazard: string, mode: string, same: boolean): void {
  const { OGRT_MATRIX: file } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ hazard, mode, same })}\n`);
}
