import { OgrtError } from "../../errors.js";
import { parseWholeNumber } from "../../shared/whole-number.js";
import { encodeLost } from "../../wire/encode-stream.js";
import { CLOSE, type Endpoint } from "../http/websockets.js";
import { Backlogs } from "./backlogs.js";
import { parseFilter } from "./filter.js";
import { MAX_REPLAY_RECORDS, type StreamHub, type Subscriber } from "./hub.js";
import { SUBPROTOCOLS, type Subprotocol } from "./rendered.js";

/** A larger write goes to the kernel before the turn ends. */
const MAX_CORKED_BYTES = 256 * 1024;
const MAX_SUBSCRIBERS = 1000;
/** The stream expects no messages from subscribers. */
const MAX_MESSAGE_BYTES = 1024;

/** The live stream: each verified process as a message. */
export function streamEndpoint(hub: StreamHub): Endpoint {
  const backlogs = new Backlogs();
  return {
    path: "/stream",
    protocols: SUBPROTOCOLS,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    maxConnections: MAX_SUBSCRIBERS,
    open: (url) => {
      const last = parseLast(url.searchParams.getAll("last"));
      url.searchParams.delete("last");
      const filter = parseFilter(url.searchParams);
      return (socket, stream) => {
        const protocol = (socket.protocol || SUBPROTOCOLS[0]) as Subprotocol;
        const isText = protocol === "ogrt.v1+json";
        const send = (pieces: readonly (Uint8Array | string)[]) => {
          const limit = backlogs.limit();
          // The messages of a turn go to the kernel together: one call for each took a third of the main thread's time.
          if (stream.writableCorked === 0) {
            stream.cork();
            setImmediate(() => stream.uncork());
          } else if (stream.writableLength > Math.min(MAX_CORKED_BYTES, limit / 2)) {
            // Corked bytes would count as waiting, although the subscriber cannot have read them yet.
            stream.uncork();
            stream.cork();
          }
          if (socket.bufferedAmount > limit) return false;
          // Fragments of one message (RFC 6455 section 5.4) need no copy that joins them.
          for (const [index, piece] of pieces.entries()) {
            backlogs.onSend(piece.length);
            socket.send(piece, { binary: !isText, fin: index === pieces.length - 1 });
          }
          return true;
        };
        const subscriber: Subscriber = {
          filter,
          send: (message) => send(message.encode(protocol)),
          sendLost: (count) => send([isText ? JSON.stringify({ type: "lost", count }) : encodeLost(count)]),
        };
        backlogs.add(socket);
        hub.add(subscriber, last);
        socket.on("message", () => socket.close(CLOSE.unsupported, "the stream expects no messages"));
        socket.on("close", () => {
          hub.remove(subscriber);
          backlogs.remove(socket);
        });
      };
    },
  };
}

function parseLast([text = "0", ...others]: string[]): number {
  const last = parseWholeNumber(text, 0, MAX_REPLAY_RECORDS);
  if (others.length > 0 || last === undefined) {
    throw new OgrtError("INVALID_PARAMETER", `last must be a number up to ${MAX_REPLAY_RECORDS}`, { value: "last" });
  }
  return last;
}
