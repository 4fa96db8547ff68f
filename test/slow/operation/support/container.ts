import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/* Containers that systemd boots. Their network is separate, so that the default ports are free. */

export const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { encoding: "utf8", timeout: 900_000, maxBuffer: 2 ** 26 });

const isRoot = process.getuid?.() === 0;
/** Whether this machine and user can boot one. */
export const canBoot = isRoot && run("systemd-nspawn", "--version").status === 0;

export interface Container {
  /** Root directory. */
  readonly root: string;
  /** Directory that the container has as /exchange. */
  readonly exchange: string;
  /** Command of the driver: it runs once the container is up, and shuts it down. */
  readonly driver: string;
  /** Directories that the container can read under the same path. */
  readonly readable?: readonly string[];
  /** Further options of systemd-nspawn. */
  readonly options?: readonly string[];
}

/** Boots a container, and waits until its driver has shut it down. Returns what it printed. */
export function bootContainer({ root, exchange, driver, readable = [], options: more = [] }: Container): string {
  const unit = join(root, "etc/systemd/system/driver.service");
  mkdirSync(join(unit, ".."), { recursive: true });
  writeFileSync(
    unit,
    `[Unit]\nAfter=multi-user.target\n[Service]\nEnvironment=HOME=/root\nWorkingDirectory=/root\nExecStart=${driver}\n`,
  );
  const options = ["--quiet", "--register=no", "--keep-unit", "--private-network", "--console=pipe", ...more];
  const binds = [`--bind=${exchange}:/exchange`, ...readable.map((path) => `--bind-ro=${path}`)];
  const boot = run("systemd-nspawn", ...options, ...binds, "-D", root, "-b", "systemd.wants=driver.service");
  return `${boot.stdout}\n${boot.stderr}`;
}
