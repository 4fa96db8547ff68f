import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import {
  type AgentHello,
  type AgentMessage,
  type AgentRecord,
  decodeAgentMessage,
  decodeDatagram,
  encodeAgentMessage,
  encodeMessage,
  FrameReader,
  type Message,
} from "../../lib/wire/index.js";

/** Enrols a node and returns its token. */
export function enrol(nodes: string, node: string): string {
  const token = randomUUID();
  appendFileSync(nodes, `${node} sha256:${createHash("sha256").update(token).digest("hex")}\n`, { mode: 0o600 });
  return token;
}

export const hello = (node: string, token: string, fields: Partial<AgentHello> = {}): AgentHello => ({
  type: "agent-hello",
  version: 1,
  node,
  token,
  epoch: randomUUID(),
  run: randomUUID(),
  first: 1n,
  agentVersion: "0.0.0",
  kernel: "6.18",
  features: ["buildIds"],
  ...fields,
});

/** A message of the preload library as a record of an agent. */
export function agentRecord(sequence: number, message: Message, fields: Partial<AgentRecord> = {}): AgentRecord {
  const frame = decodeDatagram(encodeMessage(message));
  if (typeof frame === "string") throw new Error(frame);
  return {
    type: "agent-record",
    sequence: BigInt(sequence),
    objects: undefined,
    message: frame,
    observedBy: "kernel",
    attested: undefined,
    ...fields,
  };
}

/** The agent's side of a connection, for messages of any kind. */
export class AgentConnection {
  readonly received: AgentMessage[] = [];
  readonly socket: Socket;
  isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    const reader = new FrameReader();
    socket.on("data", (bytes: Buffer) => {
      reader.push(bytes);
      for (let frame = reader.next(); typeof frame === "object"; frame = reader.next()) {
        const message = decodeAgentMessage(frame);
        if (typeof message === "string") throw new Error(message);
        this.received.push(message);
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.isClosed = true;
    });
  }

  /** @param address - HOST:PORT, or the path of a unix socket. */
  static async open(address: string, tls?: ConnectionOptions): Promise<AgentConnection> {
    const at = address.lastIndexOf(":");
    const where = address.startsWith("/")
      ? { path: address }
      : { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
    const socket = tls === undefined ? connect(where) : connectTls({ ...where, ...tls });
    const connection = new AgentConnection(socket);
    await once(socket, tls === undefined ? "connect" : "secureConnect");
    return connection;
  }

  send(...messages: (AgentMessage | Uint8Array)[]): void {
    for (const message of messages) {
      this.socket.write(message instanceof Uint8Array ? message : encodeAgentMessage(message));
    }
  }

  /** Resolves once the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await sleep(10);
  }

  /** The last sequence that was acknowledged, once it is this. */
  async acknowledged(sequence: number): Promise<void> {
    await this.until(() =>
      this.received.some((m) => m.type === "agent-acknowledgement" && m.sequence === BigInt(sequence)),
    );
  }

  /** Why the collector refused the agent, after it has closed the connection. */
  async refusal(): Promise<string | undefined> {
    await this.until(() => this.isClosed);
    const welcome = this.received.find((message) => message.type === "agent-welcome");
    return welcome?.type === "agent-welcome" ? welcome.refused : undefined;
  }

  close(): void {
    this.socket.destroy();
  }
}
