import { FRAME_HEADER_SIZE, type Violation } from "../../wire/index.js";
import { type AgentAddress, AgentListeners } from "../agents/listeners.js";
import { NodeStatus } from "../agents/node-status.js";
import type { InputMeter } from "../measure/meters.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { addressOf } from "../shared/address.js";
import type { Base } from "./base.js";
import type { Receiving } from "./receiving.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

/** Interval in which heartbeats are stored. */
const STORE_INTERVAL_MS = 5000;

/**
 * Agents → frames → pipeline. They are read on the main thread: a stream waits while it is busy, and their frames are a
 * tenth of the size of others.
 */
export class Agents implements Part {
  readonly addresses: readonly AgentAddress[];
  /** A meter for each listener. */
  readonly inputs: readonly InputMeter[];
  readonly status: NodeStatus;
  readonly #listeners: AgentListeners | undefined;
  readonly #storing: Storing;
  readonly #log: Base["log"];
  readonly #timer: NodeJS.Timeout;

  /** @throws {@link OgrtError} ADDRESS_UNAVAILABLE, FILE_UNREADABLE or TLS_UNUSABLE. */
  static async start(
    { settings, frames, places, log }: Base,
    {
      pipeline,
      meter,
      storing,
    }: { readonly pipeline: Pipeline; readonly meter: Receiving["meter"]; readonly storing: Storing },
  ): Promise<Agents> {
    const status = new NodeStatus(await storing.store.ask("agentRuns", undefined));
    const { agentTcp, agentUnix, agentNodes, agentTlsCertificate: certificate, agentTlsKey: key } = settings;
    const listeners: AgentAddress[] = [...agentTcp, ...agentUnix.map((path) => ({ path }))];
    if (listeners.length === 0 || agentNodes === undefined) return new Agents([], [], undefined, status, storing, log);
    const inputs = listeners.map((listener) => meter("agent", addressOf(listener)));
    const clusterOf = (listener: AgentAddress) =>
      settings.listenerClusters.find((entry) => entry.listener === addressOf(listener))?.cluster ?? settings.cluster;
    const tls = certificate === undefined || key === undefined ? undefined : { certificate, key };
    const open = new AgentListeners(
      { listeners, nodes: agentNodes, tls, places: places.stream },
      {
        origins: listeners.map((listener, index) => ({
          cluster: clusterOf(listener),
          onStored: (milliseconds: number) => inputs[index]?.durations.add(milliseconds),
        })),
        accept: (queued) => pipeline.accept(queued),
        reject: (reason: Violation) => {
          const now = Date.now();
          frames.ledger.addReceived(now);
          frames.ledger.addRejected(reason, now);
        },
        onFrame: (index, bytes) => inputs[index]?.add(1, FRAME_HEADER_SIZE + bytes),
        onHeartbeat: (hello, heartbeat) => status.onHeartbeat(hello, heartbeat),
        log: log.event,
      },
    );
    try {
      const addresses = await open.open();
      for (const [index, input] of inputs.entries()) input.address = addressOf(addresses[index] as AgentAddress);
      return new Agents(addresses, inputs, open, status, storing, log);
    } catch (error) {
      await open.close();
      throw error;
    }
  }

  private constructor(
    addresses: readonly AgentAddress[],
    inputs: readonly InputMeter[],
    listeners: AgentListeners | undefined,
    status: NodeStatus,
    storing: Storing,
    log: Base["log"],
  ) {
    this.status = status;
    this.#storing = storing;
    this.#log = log;
    this.#timer = setInterval(() => void this.#storeHeartbeats(), STORE_INTERVAL_MS).unref();
    this.addresses = addresses;
    this.inputs = inputs;
    this.#listeners = listeners;
  }

  /** Number of nodes that are connected. */
  get connected(): number {
    return this.#listeners?.connected ?? 0;
  }

  /** Reads the certificate again. */
  reload(): void {
    this.#listeners?.certificate?.reload();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#listeners?.close();
    await this.#storeHeartbeats();
  }

  async #storeHeartbeats(): Promise<void> {
    const changed = this.status.takeChanged();
    if (changed.length === 0) return;
    try {
      await this.#storing.store.ask("storeAgentRuns", changed);
    } catch (error) {
      this.status.putBack(changed);
      this.#log.event("heartbeats-not-stored", `heartbeats could not be stored: ${(error as Error).message}`);
    }
  }
}
