import type { CollectorHealth } from "../http/health.js";
import type { Answers } from "../http/routes.js";
import { type HttpServer, startHttp } from "../http/server.js";
import { type Endpoint, serveWebSockets } from "../http/websockets.js";
import { type DataDirectory, removeAddresses, writeAddresses } from "../shared/data-directory.js";
import type { Base } from "./base.js";
import type { Part } from "./running-parts.js";

/** HTTP and WebSocket, and the file by which tools on the same host find them. */
export class Serving implements Part {
  readonly http: HttpServer;
  readonly #data: DataDirectory;
  readonly #closeWebSockets: () => void;

  /** @throws {@link OgrtError} ADDRESS_UNAVAILABLE, TLS_UNUSABLE or ENGINE_MISSING. */
  static async start(
    { data, token, settings, places, log }: Base,
    answers: Answers & CollectorHealth,
    endpoints: readonly Endpoint[],
    onRefused: () => void,
  ): Promise<Serving> {
    const { http, httpNames, hostName, tlsCertificate: certificate, tlsKey: key } = settings;
    const tls = certificate === undefined || key === undefined ? undefined : { certificate, key };
    const options = { ...http, names: [...httpNames, hostName], tls, maxConnections: places.http, onRefused };
    const server = await startHttp(options, token, answers, log.event);
    try {
      const closeWebSockets = await serveWebSockets(server.app.server, server.authentication, endpoints, log.event);
      writeAddresses(data, { pid: process.pid, http: server.url });
      return new Serving(server, data, closeWebSockets);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  private constructor(http: HttpServer, data: DataDirectory, closeWebSockets: () => void) {
    this.http = http;
    this.#data = data;
    this.#closeWebSockets = closeWebSockets;
  }

  async stop(): Promise<void> {
    removeAddresses(this.#data);
    this.#closeWebSockets();
    await this.http.close();
  }
}
