import { spawnSync } from "node:child_process";
import { hostname, userInfo } from "node:os";
import { OgrtError } from "../errors.js";
import { parseWholeNumber } from "../shared/whole-number.js";

/** User, host and time of a stamp. */
export interface Origin {
  host: string;
  user: string;
  /** ISO 8601, UTC. */
  time: string;
  /** Commit that is checked out in the working directory. */
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

/** Last second that a Date can hold. */
const MAX_EPOCH_S = 8_640_000_000_000;

/**
 * The time of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or now, in milliseconds since
 * the epoch.
 *
 * @throws `OgrtError` INVALID_TIME when the variable is not a number of seconds.
 */
export function currentTime(environment: NodeJS.ProcessEnv = process.env): number {
  const epoch = environment["SOURCE_DATE_EPOCH"];
  if (epoch === undefined || epoch === "") return Date.now();
  const seconds = parseWholeNumber(epoch, 0, MAX_EPOCH_S);
  if (seconds === undefined) {
    throw new OgrtError("INVALID_TIME", `SOURCE_DATE_EPOCH is "${epoch}", not a number of seconds`, { value: epoch });
  }
  return seconds * 1000;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run with uids that have no passwd entry.
    return `${process.geteuid?.() ?? "unknown"}`;
  }
}

const GIT_TIMEOUT_MS = 2000;

/** Undefined outside a checkout, without git, or when git rejects the checkout's owner. */
function gitCommit(): string | undefined {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--verify", "--quiet", "HEAD"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: GIT_TIMEOUT_MS,
  });
  const commit = stdout?.trim() ?? "";
  return status === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}
