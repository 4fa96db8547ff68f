import { textToBytes } from "../../text/escape.js";
import { examine } from "../../verify/index.js";
import { type ExamineRequest, type ExamineResult, fromWireIdentity, toWireResult } from "./protocol.js";

/*
 * A child process that reads the reported files. When a file system hangs, this process hangs too, and the collector kills
 * it. Results go out one by one, in the order of the requests, so that the collector knows which file hangs.
 */

process.on("disconnect", () => process.exit());
// The collector ends this process. Ctrl-C in a terminal would reach the whole process group.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const send = (result: ExamineResult) => process.send?.(result);

process.on("message", (requests: ExamineRequest[]) => {
  for (const { id, path, roots, excluded, fuse, known } of requests) {
    try {
      const found = examine({
        path: Buffer.from(textToBytes(path)),
        roots,
        excluded,
        fuse,
        known: known === undefined ? undefined : fromWireIdentity(known),
      });
      send(toWireResult(id, found));
    } catch (error) {
      // A fault of the collector itself: the collector logs it, and the other requests go on.
      process.stderr.write(`cannot examine ${JSON.stringify(path)}: ${(error as Error).stack}\n`);
      send({ id, found: { state: "unreadable", reason: "io-error" } });
    }
  }
});

process.send?.("ready");
