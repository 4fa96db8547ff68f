/** What switches the preload library on for a command and all that it starts. */
export interface Tracking {
  /** Absolute path of libogrt.so. */
  library: string;
  /** Numeric server URL, as `numericServer` gives. */
  server: string;
  /** Job id; without one the scheduler's variables decide. */
  job?: string | undefined;
}

/** `environment` with tracking switched on. Doing it twice is the same as once. */
export function trackedEnvironment(
  environment: NodeJS.ProcessEnv,
  { library, server, job }: Tracking,
): NodeJS.ProcessEnv {
  const { LD_PRELOAD = "" } = environment;
  const preloaded = LD_PRELOAD.split(/[: ]/).filter((entry) => entry !== "");
  return {
    ...environment,
    LD_PRELOAD: [library, ...preloaded.filter((entry) => entry !== library)].join(":"),
    OGRT_ACTIVE: "1",
    OGRT_SERVER: server,
    ...(job !== undefined && { OGRT_JOB_ID: job }),
  };
}
