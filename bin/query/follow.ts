import { type StreamedProcess, type StreamFilters, type StreamState, subscribe } from "../../lib/client/index.js";
import { runningServer, type Target } from "../../lib/collector/query-target/target.js";
import { OgrtError } from "../../lib/errors.js";

interface Follower {
  readonly onProcess: (process: StreamedProcess) => void;
  /** What people are told beside the processes. */
  readonly tell: (sentence: string) => void;
}

/**
 * Follows a collector's live stream, also when the collector is started anew, until it is refused. A collector on a data
 * directory has to prove each time that it has the token, since anybody may have taken its port.
 *
 * @throws {@link OgrtError} COLLECTOR_UNREACHABLE.
 */
export async function followStream(
  target: Target,
  filters: StreamFilters,
  last: number | undefined,
  { onProcess, tell }: Follower,
): Promise<never> {
  const { token, trust, url } = await runningServer(target);
  return new Promise((_, reject) => {
    let stands: "not yet" | "open" | "broken" = "not yet";
    const fail = (reason: string) => {
      subscription.close();
      reject(new OgrtError("COLLECTOR_UNREACHABLE", `${url}: ${reason}`, { value: url }));
    };
    const enter = (state: StreamState) => {
      if (state.kind === "refused") {
        fail(state.status === 0 ? state.reason : `the stream was refused with ${state.status}`);
      } else if (state.kind === "waiting" && stands === "not yet") {
        fail(state.reason);
      } else if (state.kind === "waiting" && stands === "open") {
        stands = "broken";
        tell(`${state.reason}; it is tried again until the collector answers`);
      } else if (state.kind === "open") {
        if (stands === "broken") tell("the stream goes on");
        stands = "open";
      }
    };
    const subscription = subscribe({
      server: async () => (await runningServer(target)).url,
      token,
      trust,
      filters,
      ...(last !== undefined && { last }),
      onProcess,
      onLost: (count) => tell(`${count} processes were left out: they came faster than they were read`),
      // Not before the subscription is there to be closed.
      onState: (state) => queueMicrotask(() => enter(state)),
    });
  });
}
