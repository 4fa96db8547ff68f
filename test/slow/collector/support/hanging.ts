import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** A FUSE file system that hangs when it should (see hanging.c). It ends with its test. */
export class HangingMount {
  readonly mount: string;
  readonly #server: ChildProcess;

  private constructor(mount: string, server: ChildProcess) {
    this.mount = mount;
    this.#server = server;
  }

  /**
   * Mounts it at a new directory; returns why that is not possible here, if it is not.
   *
   * @param uid - of the user who mounts it, for all to see. The program has the rights of fusermount(1), which is setuid.
   */
  static async make(mount: string, uid = 0): Promise<HangingMount | string> {
    if (!existsSync("/dev/fuse")) return "there is no /dev/fuse";
    const flags = spawnSync("pkg-config", ["--cflags", "--libs", "fuse3"], { encoding: "utf8" });
    if (flags.status !== 0) return "libfuse3-dev or pkg-config is not installed";
    const program = `${mount}.program`;
    const source = join(import.meta.dirname, "hanging.c");
    execFileSync("gcc", ["-O1", "-Wall", "-o", program, source, ...flags.stdout.trim().split(/\s+/)]);
    mkdirSync(mount);
    const options = [`--ruid=${uid}`, program, mount, `${mount}.switch`, `${mount}.asked`, "-o", "allow_other"];
    const server = spawn("setpriv", options, { stdio: "ignore" });
    while (server.exitCode === null) {
      if (readFileSync("/proc/self/mountinfo", "latin1").includes(` ${mount} `)) {
        const made = new HangingMount(mount, server);
        onTestFinished(() => made.#end());
        return made;
      }
      await sleep(20);
    }
    return "it may not be mounted";
  }

  readonly hang = () => writeFileSync(`${this.mount}.switch`, "");
  readonly answer = () => rmSync(`${this.mount}.switch`, { force: true });

  /** How often its server was asked for a name; without a name, for anything. */
  readonly asked = (name?: string) =>
    readFileSync(`${this.mount}.asked`, "latin1")
      .split("\n")
      .filter((line) => (name === undefined ? line !== "" : line === `/${name}`)).length;

  async #end(): Promise<void> {
    this.answer();
    // With its server gone nobody waits for the file system any more.
    this.#server.kill("SIGKILL");
    if (this.#server.exitCode === null && this.#server.signalCode === null) await once(this.#server, "exit");
    spawnSync("umount", ["-l", this.mount]);
  }
}
