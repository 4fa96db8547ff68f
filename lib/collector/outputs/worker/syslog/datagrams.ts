import { createSocket, type Socket } from "node:dgram";
import { type Address, addressInUrl } from "../../../shared/address.js";

/**
 * Sends datagrams to one receiver. UDP does not report losses. ICMP can report that nothing listens, but only after
 * earlier datagrams are lost.
 */
export class DatagramSender {
  readonly #to: Address;
  #socket: Socket | undefined;
  #failure: Error | undefined;

  constructor(address: string) {
    this.#to = addressInUrl(new URL(address));
  }

  async send(datagrams: readonly Buffer[], signal: AbortSignal): Promise<void> {
    const socket = this.#socket ?? (await this.#open());
    try {
      for (const datagram of datagrams) {
        signal.throwIfAborted();
        if (this.#failure !== undefined) throw this.#failure;
        await new Promise<void>((resolve, reject) =>
          socket.send(datagram, (error) => (error === null ? resolve() : reject(error))),
        );
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#socket?.close();
    this.#socket = undefined;
    this.#failure = undefined;
  }

  /** Connects the socket, so that the kernel reports ICMP errors. */
  async #open(): Promise<Socket> {
    const { host, port } = this.#to;
    const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.connect(port, host, () => {
        socket.off("error", reject);
        resolve();
      });
    }).catch((error) => {
      socket.close();
      throw error;
    });
    socket.on("error", (error) => {
      this.#failure = error;
    });
    this.#socket = socket;
    return socket;
  }
}
