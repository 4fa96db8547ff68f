import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** A receiver of streams that keeps all data which its application has read. */
export class StreamReceiver {
  /** The chunks of each connection, in the order of the connections. */
  readonly streams: Buffer[][] = [];
  readonly #connections = new Set<Socket>();
  #server: Server | undefined;
  port = 0;
  path: string | undefined;
  /** Called after each chunk with the connection and the number of its bytes so far. */
  onData: (socket: Socket, received: number) => void = () => {};

  async start(tls?: TlsOptions): Promise<void> {
    const accept = (socket: Socket) => this.#accept(socket);
    const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
    server.listen(this.path ?? { port: this.port, host: "127.0.0.1" });
    await once(server, "listening");
    this.#server = server;
    if (this.path === undefined) this.port = (server.address() as AddressInfo).port;
  }

  /** Stops listening and resets all connections. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#connections) socket.resetAndDestroy();
    if (server === undefined) return;
    server.close();
    await once(server, "close");
  }

  get text(): string {
    return this.streams.map((chunks) => Buffer.concat(chunks).toString()).join("");
  }

  /** Complete lines of all connections. */
  get lines(): string[] {
    return this.streams.flatMap((chunks) => Buffer.concat(chunks).toString().split("\n").slice(0, -1));
  }

  #accept(socket: Socket): void {
    const chunks: Buffer[] = [];
    this.streams.push(chunks);
    this.#connections.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#connections.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      this.onData(
        socket,
        chunks.reduce((sum, { length }) => sum + length, 0),
      );
    });
  }
}
