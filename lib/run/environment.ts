/** Settings of the preload library for a command and its children. */
export interface Tracking {
  /** Absolute path of libogrt.so. */
  library: string;
  /** Numeric server URL, from `numericServer`. */
  server: string;
  /** Job id; by default the preload library reads the scheduler's variables. */
  job?: string | undefined;
}

/** The variables that enable tracking for a command started in `environment`. Idempotent. */
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
