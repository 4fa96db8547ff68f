import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** Takes streams and keeps what their application would have read. */
export class StreamReceiver {
  /** Of one connection after the other. */
  readonly streams: Buffer[][] = [];
  readonly #connections = new Set<Socket>();
  #server: Server | undefined;
  port = 0;
  path: string | undefined;
  /** Called with each piece; what it gives is done to the connection. */
  onData: (socket: Socket, received: number) => void = () => {};

  async start(tls?: TlsOptions): Promise<void> {
    const take = (socket: Socket) => this.#take(socket);
    const server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
    server.listen(this.path ?? { port: this.port, host: "127.0.0.1" });
    await once(server, "listening");
    this.#server = server;
    if (this.path === undefined) this.port = (server.address() as AddressInfo).port;
  }

  /** Ends at once: nobody listens, connections are reset. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#connections) socket.resetAndDestroy();
    if (server === undefined) return;
    server.close();
    await once(server, "close");
  }

  get text(): string {
    return this.streams.map((pieces) => Buffer.concat(pieces).toString()).join("");
  }

  /** Whole lines of all connections: of a broken one the last line may be cut. */
  get lines(): string[] {
    return this.streams.flatMap((pieces) => Buffer.concat(pieces).toString().split("\n").slice(0, -1));
  }

  #take(socket: Socket): void {
    const pieces: Buffer[] = [];
    this.streams.push(pieces);
    this.#connections.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#connections.delete(socket));
    socket.on("data", (piece: Buffer) => {
      pieces.push(piece);
      this.onData(
        socket,
        pieces.reduce((sum, { length }) => sum + length, 0),
      );
    });
  }
}
