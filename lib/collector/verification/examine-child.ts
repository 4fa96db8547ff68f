import { textToBytes } from "../../text/escape.js";
import { examine } from "../../verify/index.js";
import { type ExamineRequest, type ExamineResult, fromWireIdentity, toWireResult } from "./protocol.js";

/*
 * A child process that touches the reported files. When a file system hangs, so does this process, and the collector
 * kills it. Answers go out one by one and in order, so that the collector knows at which file it hangs.
 */

process.on("disconnect", () => process.exit());
// The collector decides when to end; Ctrl-C in a terminal reaches the whole group.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const answer = (result: ExamineResult) => process.send?.(result);

process.on("message", (requests: ExamineRequest[]) => {
  for (const { id, path, roots, excluded, known } of requests) {
    try {
      const found = examine({
        path: Buffer.from(textToBytes(path)),
        roots,
        excluded,
        known: known === undefined ? undefined : fromWireIdentity(known),
      });
      answer(toWireResult(id, found));
    } catch (error) {
      // A fault of ours must not take the other requests with it; it is told, not hidden.
      process.stderr.write(`cannot examine ${JSON.stringify(path)}: ${(error as Error).stack}\n`);
      answer({ id, found: { state: "unreadable", reason: "io-error" } });
    }
  }
});

process.send?.("ready");
