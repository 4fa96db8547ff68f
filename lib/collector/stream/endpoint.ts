import { OgrtError } from "../../errors.js";
import { parseWholeNumber } from "../../shared/whole-number.js";
import { encodeLost } from "../../wire/encode-stream.js";
import { CLOSE, type Endpoint } from "../http/websockets.js";
import { Backlogs } from "./backlogs.js";
import { parseFilter } from "./filter.js";
import type { StreamHub, Subscriber } from "./hub.js";
import { type Rendered, SUBPROTOCOLS, type Subprotocol } from "./rendered.js";
import { MAX_REPLAY_RECORDS } from "./replay.js";

/** Bytes that go to the kernel in one call. */
const WRITE_SIZE = 256 * 1024;
const SUBSCRIBER_LIMIT = 1000;
/** Subscribers have nothing to say, and who says something is in the wrong place. */
const MESSAGE_LIMIT = 1024;

/** The live stream: each verified process as a message. */
export function streamEndpoint(hub: StreamHub): Endpoint {
  const backlogs = new Backlogs();
  return {
    path: "/stream",
    protocols: SUBPROTOCOLS,
    maxMessageBytes: MESSAGE_LIMIT,
    maxConnections: SUBSCRIBER_LIMIT,
    open: (url) => {
      const last = parseLast(url.searchParams.getAll("last"));
      url.searchParams.delete("last");
      const filter = parseFilter(url.searchParams);
      return (socket, stream) => {
        const protocol = (socket.protocol || SUBPROTOCOLS[0]) as Subprotocol;
        const isText = protocol === "ogrt.v1+json";
        const send = (pieces: readonly (Uint8Array | string)[]) => {
          const limit = backlogs.limit();
          // The messages of a turn go to the kernel together: a call for each was a third of the main thread's time.
          if (stream.writableCorked === 0) {
            stream.cork();
            setImmediate(() => stream.uncork());
          } else if (stream.writableLength > Math.min(WRITE_SIZE, limit / 2)) {
            // Before they count as waiting: nobody is too slow for what was not sent yet.
            stream.uncork();
            stream.cork();
          }
          if (socket.bufferedAmount > limit) return false;
          // Fragments of one message (RFC 6455 section 5.4): nobody has to copy them together.
          for (const [index, piece] of pieces.entries()) {
            backlogs.onSend(piece.length);
            socket.send(piece, { binary: !isText, fin: index === pieces.length - 1 });
          }
          return true;
        };
        const subscriber: Subscriber = {
          filter,
          send: (message: Rendered) => send(message.encode(protocol)),
          sendLost: (count) => send([isText ? JSON.stringify({ type: "lost", count }) : encodeLost(count)]),
        };
        backlogs.add(socket);
        hub.add(subscriber, last);
        socket.on("message", () => socket.close(CLOSE.unsupported, "nothing is expected here"));
        socket.on("close", () => {
          hub.remove(subscriber);
          backlogs.remove(socket);
        });
      };
    },
  };
}

function parseLast(values: string[]): number {
  const [text = "0"] = values;
  const last = parseWholeNumber(text, 0, MAX_REPLAY_RECORDS);
  if (values.length > 1 || last === undefined) {
    throw new OgrtError("INVALID_PARAMETER", `last must be a number up to ${MAX_REPLAY_RECORDS}`, { value: "last" });
  }
  return last;
}
