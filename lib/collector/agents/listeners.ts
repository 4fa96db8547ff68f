import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { AGENT_PROTOCOL_VERSION, type AgentHello } from "../../wire/index.js";
import type { FrameOrigin } from "../frames/in-flight.js";
import { Certificate, type TlsFiles } from "../http/tls.js";
import { Credit } from "../ingest/credit.js";
import { Senders } from "../limits/senders.js";
import type { LogEvent } from "../log/log.js";
import type { Address } from "../shared/address.js";
import { listen } from "../shared/listen.js";
import { addressUnavailable } from "../shared/unavailable.js";
import { AgentConnection, type ConnectionContext } from "./connection.js";
import { EnrolledNodes } from "./enrolled-nodes.js";
import { FieldPool } from "./shared-fields.js";

/** Connections of all listeners. A node has one. */
const MAX_CONNECTIONS = 16_384;
/** Connections that have not said who they are; beyond it the oldest is closed. */
const MAX_UNAUTHENTICATED = 512;
/** Memory of records in flight, of all connections. */
const MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** Bytes of incomplete frames on all connections; beyond it the connection with the longest one is closed. */
const MAX_UNFINISHED_BYTES = 64 * 1024 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;

export type AgentAddress = Address | { readonly path: string };

export interface AgentListenerSettings {
  readonly listeners: readonly AgentAddress[];
  /** File of the nodes that may deliver. */
  readonly nodes: string;
  /** For addresses; unix sockets need none. */
  readonly tls: TlsFiles | undefined;
  /** Connections that descriptors leave room for. */
  readonly places: number;
}

/** What comes of connections; the origin of the frames of each listener by its index. */
export interface AgentEvents extends Pick<ConnectionContext, "accept" | "reject" | "onHeartbeat"> {
  /** @param bytes - of the payload of a record. */
  readonly onFrame: (listener: number, bytes: number) => void;
  readonly origins: readonly Pick<FrameOrigin, "cluster" | "onStored">[];
  readonly log: LogEvent;
}

/** The sockets on which agents deliver. Nobody but agents of enrolled nodes is heard. */
export class AgentListeners {
  readonly certificate: Certificate | undefined;
  readonly #servers: Server[] = [];
  readonly #settings: AgentListenerSettings;
  readonly #events: AgentEvents;
  readonly #nodes: EnrolledNodes;
  readonly #pool = new FieldPool();
  readonly #credit = new Credit(MAX_IN_FLIGHT_BYTES);
  readonly #senders = new Senders();
  /** All of them, and those of nodes. */
  readonly #connections = new Set<AgentConnection>();
  readonly #byNode = new Map<string, AgentConnection>();
  readonly #unauthenticated = new Set<AgentConnection>();
  #unfinishedBytes = 0;
  #isWaking = false;

  /** @throws {@link OgrtError} FILE_UNREADABLE or TLS_UNUSABLE. */
  constructor(settings: AgentListenerSettings, events: AgentEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#nodes = new EnrolledNodes(settings.nodes, (sentence) => events.log("nodes-unreadable", sentence));
    const onProblem = (sentence: string) => events.log("certificate-unusable", sentence);
    this.certificate = settings.tls && new Certificate(settings.tls, onProblem, "TLSv1.3");
  }

  /** Opens all of them, and resolves with their real addresses. @throws {@link OgrtError} ADDRESS_UNAVAILABLE. */
  async open(): Promise<readonly AgentAddress[]> {
    const opened: AgentAddress[] = [];
    for (const [index, listener] of this.#settings.listeners.entries()) {
      const onSocket = (socket: Socket) => this.#accept(socket, index);
      const server = this.#serverOf(listener, onSocket);
      this.#servers.push(server);
      try {
        opened.push(await listen(server, listener));
      } catch (error) {
        const wanted =
          "path" in listener ? { transport: "unix" as const, ...listener } : { transport: "tcp" as const, ...listener };
        throw addressUnavailable(wanted, error as NodeJS.ErrnoException);
      }
      // After an error of accept, such as EMFILE, the agent tries again, and open connections go on.
      server.on("error", () => {});
    }
    return opened;
  }

  /** Number of nodes that are connected. */
  get connected(): number {
    return this.#byNode.size;
  }

  async close(): Promise<void> {
    this.certificate?.close();
    const closed = this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const connection of this.#connections) connection.close();
    await Promise.all(closed);
  }

  #serverOf(listener: AgentAddress, onSocket: (socket: Socket) => void): Server {
    const { certificate } = this;
    if (certificate === undefined || "path" in listener) return createServer(onSocket);
    const options = { ...certificate.context, handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
    const server = createTlsServer(options, onSocket);
    // Node.js closes a socket that does not complete its handshake; before that, it is no connection of ours.
    server.on("tlsClientError", (_, socket) => socket.destroy());
    server.maxConnections = this.#maxConnections;
    certificate.serve(server);
    return server;
  }

  get #maxConnections(): number {
    return Math.min(this.#settings.places, MAX_CONNECTIONS);
  }

  #accept(socket: Socket, index: number): void {
    const { accept, reject, onFrame, onHeartbeat, origins } = this.#events;
    const origin = origins[index] as AgentEvents["origins"][number];
    if (this.#connections.size >= this.#maxConnections) {
      socket.destroy();
      this.#events.log("agent-refused", "an agent was refused: there is no place for another connection");
      return;
    }
    const connection = new AgentConnection(socket, {
      ...origin,
      pool: this.#pool,
      credit: this.#credit,
      senderOf: (node) => this.#senders.of(`agent ${node}`),
      welcome: (one, hello) => this.#welcome(one, hello, socket.remoteAddress),
      accept,
      reject,
      onFrame: (bytes) => onFrame(index, bytes),
      onHeartbeat,
      onCredit: () => this.#wakeSoon(),
      onBuffered: (change) => {
        this.#unfinishedBytes += change;
        if (change > 0 && this.#unfinishedBytes > MAX_UNFINISHED_BYTES) this.#largest()?.close();
      },
      onClose: (one) => {
        this.#connections.delete(one);
        this.#unauthenticated.delete(one);
        if (one.node !== undefined && this.#byNode.get(one.node) === one) this.#byNode.delete(one.node);
      },
    });
    this.#connections.add(connection);
    this.#unauthenticated.add(connection);
    if (this.#unauthenticated.size <= MAX_UNAUTHENTICATED) return;
    const [oldest] = this.#unauthenticated;
    oldest?.close();
  }

  /** Once for all records that complete in this turn: each of the connections that wait tries to go on. */
  #wakeSoon(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      this.#credit.wake();
    });
  }

  #welcome(
    connection: AgentConnection,
    { version, node, token }: AgentHello,
    address = "a unix socket",
  ): string | undefined {
    const refuse = (reason: string) => {
      this.#events.log("agent-refused", `an agent at ${address} was refused: ${reason}`);
      return reason;
    };
    if (version !== AGENT_PROTOCOL_VERSION) return refuse(`version ${version} of the protocol is not known`);
    if (!this.#nodes.has(node, token)) return refuse("the node is not enrolled with this token");
    this.#unauthenticated.delete(connection);
    // A node has one agent. Its earlier connection may be half open.
    this.#byNode.get(node)?.close();
    this.#byNode.set(node, connection);
    return undefined;
  }

  #largest(): AgentConnection | undefined {
    let largest: AgentConnection | undefined;
    for (const connection of this.#connections) {
      if (connection.buffered > (largest?.buffered ?? 0)) largest = connection;
    }
    return largest;
  }
}
