import { OgrtError } from "../../errors.js";
import { parseWholeNumber } from "../../shared/whole-number.js";
import { encodeLost } from "../../wire/encode-stream.js";
import { CLOSE, type Endpoint } from "../http/websockets.js";
import { Backlogs } from "./backlogs.js";
import { parseFilter } from "./filter.js";
import { FrameOutbox } from "./frames.js";
import { MAX_REPLAY_RECORDS, type StreamHub, type Subscriber } from "./hub.js";
import { SUBPROTOCOLS, type Subprotocol } from "./rendered.js";

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
        // Past the WebSocket engine, which writes other frames between these. After a close frame there are none.
        const outbox = new FrameOutbox((bytes) => {
          if (socket.readyState === socket.OPEN) stream.write(bytes);
        });
        const hasRoom = () => socket.bufferedAmount + outbox.bytes <= backlogs.limit();
        const subscriber: Subscriber = {
          filter,
          send: (message) => {
            if (!hasRoom()) return false;
            const frame = message.frame(protocol);
            backlogs.onSend(frame.end - frame.start);
            outbox.add(frame);
            return true;
          },
          sendLost: (count) => {
            if (!hasRoom()) return false;
            outbox.flush();
            socket.send(isText ? JSON.stringify({ type: "lost", count }) : encodeLost(count), { binary: !isText });
            return true;
          },
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
