import { spawnSync } from "node:child_process";
import { hostname, userInfo } from "node:os";
import { OgrtError } from "../errors.js";
import { parseWholeNumber } from "../shared/whole-number.js";

/** Who stamps, where and when. */
export interface Origin {
  host: string;
  user: string;
  /** ISO 8601, UTC. */
  time: string;
  /** Commit that the working directory is a checkout of. */
  commit?: string;
}

export function readOrigin(environment: NodeJS.ProcessEnv = process.env): Origin {
  const commit = gitCommit();
  return {
    host: hostname() || "unknown",
    user: userName(),
    time: new Date(currentTime(environment)).toISOString(),
    ...(commit !== undefined && { commit }),
  };
}

const LAST_SECOND = 8_640_000_000_000;

/**
 * Now, in milliseconds since the epoch, or the moment that SOURCE_DATE_EPOCH stands for
 * (https://reproducible-builds.org/specs/source-date-epoch/).
 *
 * @throws `OgrtError` INVALID_TIME when the variable is no number of seconds.
 */
export function currentTime(environment: NodeJS.ProcessEnv = process.env): number {
  const epoch = environment["SOURCE_DATE_EPOCH"];
  if (epoch === undefined || epoch === "") return Date.now();
  const seconds = parseWholeNumber(epoch, 0, LAST_SECOND);
  if (seconds === undefined) {
    throw new OgrtError("INVALID_TIME", `SOURCE_DATE_EPOCH is "${epoch}", not a number of seconds`, { value: epoch });
  }
  return seconds * 1000;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run under ids that no password file knows.
    return `${process.geteuid?.() ?? "unknown"}`;
  }
}

/** Undefined outside a checkout, without git, or when git distrusts the checkout's owner. */
function gitCommit(): string | undefined {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--verify", "--quiet", "HEAD"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 2000,
  });
  const commit = stdout?.trim() ?? "";
  return status === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}
