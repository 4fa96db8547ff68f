import { required } from "../fields.js";
import { receiver, STREAM_OPTIONS } from "./stream.js";

export const JSON_LINES = {
  address: required(receiver("tcp", "tls"), { help: "address of the receiver: tcp://HOST:PORT or tls://HOST:PORT" }),
  ...STREAM_OPTIONS,
};
