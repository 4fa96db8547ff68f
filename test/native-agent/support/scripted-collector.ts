import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach } from "vitest";
import {
  AGENT_PROTOCOL_VERSION,
  type AgentHeartbeat,
  type AgentHello,
  type AgentMessage,
  decodeAgentMessage,
  encodeAgentMessage,
  FrameReader,
} from "../../../lib/wire/index.js";

/** One connection of an agent: what it has said, and how to answer. */
class Conversation {
  hello: AgentHello | undefined;
  heartbeat: AgentHeartbeat | undefined;
  readonly sequences: bigint[] = [];
  readonly beganAt = performance.now();
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  add(message: AgentMessage): void {
    if (message.type === "agent-hello") this.hello = message;
    if (message.type === "agent-heartbeat") this.heartbeat = message;
    if (message.type === "agent-record") this.sequences.push(message.sequence);
  }

  welcome(): void {
    this.#send({ type: "agent-welcome", version: AGENT_PROTOCOL_VERSION, refused: undefined });
  }

  acknowledge(sequence: bigint): void {
    this.#send({ type: "agent-acknowledgement", sequence });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(message: Parameters<typeof encodeAgentMessage>[0]): void {
    if (this.#socket.writable) this.#socket.write(encodeAgentMessage(message));
  }
}

/** What a collector does after each message of an agent. */
export type Script = (conversation: Conversation, message: AgentMessage) => void;

/** Welcomes, and acknowledges each record at once. */
export const diligent: Script = (conversation, message) => {
  if (message.type === "agent-hello") conversation.welcome();
  if (message.type === "agent-record") conversation.acknowledge(message.sequence);
};

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A collector on loopback that follows a script, until the test ends. */
export async function scriptedCollector(script: Script, port = 0) {
  const conversations: Conversation[] = [];
  const server = createServer((socket) => {
    const reader = new FrameReader();
    const conversation = new Conversation(socket);
    conversations.push(conversation);
    closing.push(() => socket.destroy());
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      reader.push(bytes);
      for (let frame = reader.next(); frame !== undefined && frame !== "too-large"; frame = reader.next()) {
        const message = decodeAgentMessage(frame);
        if (typeof message === "string") throw new Error(`an agent sent a frame that is ${message}`);
        conversation.add(message);
        script(conversation, message);
      }
    });
  }).listen(port, "127.0.0.1");
  closing.push(() => server.close());
  await once(server, "listening");
  return { conversations, port: (server.address() as AddressInfo).port, close: () => server.close() };
}
