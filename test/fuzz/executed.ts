import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

interface Coverage {
  result: { url: string; functions: { ranges: { count: number }[] }[] }[];
}

/**
 * Runs a function and counts the basic blocks of lib/ that it executes, as V8's coverage does: the work that was done, whether
 * or not a budget was charged for it.
 */
export function executedBlocks(run: () => unknown): number {
  const session = new Session();
  session.connect();
  const post = (method: string, parameters?: object): unknown => {
    let answer: unknown;
    session.post(method, parameters, (error, result) => {
      if (error !== null) throw new Error(`${method}: ${JSON.stringify(error)}`);
      answer = result;
    });
    return answer;
  };
  try {
    // Optimized code counts some of its blocks only, and when V8 optimizes depends on the load of the machine.
    setFlagsFromString("--no-maglev");
    setFlagsFromString("--no-opt");
    post("Profiler.enable");
    post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    run();
    const { result } = post("Profiler.takePreciseCoverage") as Coverage;
    let blocks = 0;
    for (const { url, functions } of result) {
      if (!url.includes("/lib/")) continue;
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
    return blocks;
  } finally {
    post("Profiler.stopPreciseCoverage");
    setFlagsFromString("--opt");
    session.disconnect();
  }
}
