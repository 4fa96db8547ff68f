/** What switches the preload library on for a command and all that it starts. */
export interface Tracking {
  /** Absolute path of libogrt.so. */
  library: string;
  /** Numeric server URL, as `numericServer` gives. */
  server: string;
  /** Job id; without one the scheduler's variables decide. */
  job?: string | undefined;
}

/** The variables that switch tracking on for a command started in `environment`. Doing it twice is the same as once. */
export function trackingVariables(
  environment: NodeJS.ProcessEnv,
  { library, server, job }: Tracking,
): Record<string, string> {
  const { LD_PRELOAD = "" } = environment;
  const preloaded = LD_PRELOAD.split(/[: ]/).filter((entry) => entry !== "");
  return {
    LD_PRELOAD: [library, ...preloaded.filter((entry) => entry !== library)].join(":"),
    OGRT_ACTIVE: "1",
    OGRT_SERVER: server,
    ...(job !== undefined && { OGRT_JOB_ID: job }),
  };
}
