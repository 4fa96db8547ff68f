import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { run } from "../../support/toolchain.js";

/** A program in a situation that a preload library might break. */
export interface Hazard {
  name: string;
  command: readonly string[];
  environment?: Record<string, string>;
  cwd?: string;
  /** File that the program creates; its content is compared. */
  file?: string;
  input?: string;
  /** Output that differs between runs even without a preload library; it is masked. */
  unsteady?: RegExp;
  /** The library to preload instead of the built one. */
  library?: string;
}

/**
 * The library is loaded but off; on; or on with a collector that is dead, whose datagram buffer is full, that hangs up on
 * each connection, or that is stuck and accepts no connection.
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
  const created = hazard.file !== undefined && existsSync(hazard.file) ? readFileSync(hazard.file, "latin1") : "";
  const steady = (text: string): string =>
    hazard.unsteady === undefined ? text : text.replaceAll(hazard.unsteady, "…");
  return { status, signal, stdout: steady(stdout), stderr: steady(stderr), file: created };
}

/** Starts the servers of all modes, for one test file. */
export async function matrix(library: string, folder: string) {
  const live = createSocket("udp4");
  live.bind(0, "127.0.0.1");
  await once(live, "listening");
  live.setRecvBufferSize(4 << 20);
  const hangingUp = createServer((socket) => socket.destroy());
  const path = join(folder, "hung-up.sock");
  run("gcc", "-w", "-o", join(folder, "stuck"), join(import.meta.dirname, "../programs/stuck.c"));
  const stuck = spawn(join(folder, "stuck"), [join(folder, "stuck.sock")], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(stuck.stdout, "data")) as [Buffer];
  hangingUp.listen(path);
  await once(hangingUp, "listening");
  const servers: Record<Mode, string> = {
    off: "udp://127.0.0.1:9",
    on: `udp://127.0.0.1:${live.address().port}`,
    dead: "udp://127.0.0.1:9",
    full: `udp://127.0.0.1:${Number(port)}`,
    "hung up": `unix://${path}`,
    stuck: `unix://${join(folder, "stuck.sock")}`,
  };
  return {
    /** Compares the behaviour of the program with and without the library. */
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
      hangingUp.close();
      stuck.stdin.end();
    },
  };
}

/** Appends the result to the file OGRT_MATRIX, from which native-preload/test/table.mjs writes the documentation. */
function record(hazard: string, mode: string, same: boolean): void {
  const { OGRT_MATRIX: file } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ hazard, mode, same })}\n`);
}
