import { sumOf } from "../../shared/sum.js";
import { FRAME_HEADER_SIZE } from "../../wire/index.js";
import type { FrameOrigin } from "../frames/in-flight.js";
import { framesOf } from "../ingest/batch.js";
import { Ingest } from "../ingest/main/ingest.js";
import type { FrameSink } from "../ingest/main/websocket.js";
import type { Listener, OpenListener } from "../ingest/protocol.js";
import { HISTOGRAMS } from "../measure/collector-metrics.js";
import { InputMeter } from "../measure/meters.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { addressOf, formatAddress } from "../shared/address.js";
import type { Base, FrameState } from "./base.js";
import type { Part } from "./running-parts.js";

/** Memory of frames anywhere between reception and store; beyond it streams wait and datagrams are dropped. */
const MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** Places of a listener below which the limit of open files should be raised. */
const WANTED_PLACES = 1024;
/** A sender that was quiet may send at once what its rate allows in this time. */
const SENDER_BURST_S = 10;

/** Sockets → frames → pipeline. */
export class Receiving implements Part {
  readonly listeners: readonly OpenListener[];
  /** A meter for each listener, and for the WebSocket as the last one. */
  readonly inputs: readonly InputMeter[];
  /** Takes the frames of WebSocket connections. */
  readonly webSocket: FrameSink;
  /** Makes the meter of a further input. */
  readonly meter: (transport: string, address: string) => InputMeter;
  readonly #webSocketInput: InputMeter;
  readonly #ingest: Ingest;

  /** @throws {@link OgrtError} ADDRESS_UNAVAILABLE. */
  static async start(
    { settings, frames, metrics, places: { stream: places }, log, onCrash }: Base,
    pipeline: Pipeline,
  ): Promise<Receiving> {
    const { udp, tcp, unix, http, cluster, listenerClusters, senderRate: perSecond } = settings;
    const wanted: Listener[] = [
      ...udp.map((address) => ({ transport: "udp" as const, ...address })),
      ...tcp.map((address) => ({ transport: "tcp" as const, ...address })),
      ...unix.map((path) => ({ transport: "unix" as const, path })),
    ];
    const onStored = metrics.histogram(HISTOGRAMS.storingDuration);
    const meter = (transport: string, address: string) =>
      new InputMeter(transport, address, (milliseconds) => onStored(milliseconds, { transport }));
    const inputs = wanted.map((listener) => meter(listener.transport, addressOf(listener)));
    const origins: FrameOrigin[] = [];
    const senderRate = perSecond === 0 ? undefined : { perSecond, burst: perSecond * SENDER_BURST_S };
    if (places < WANTED_PLACES) {
      const sentence = `the limit of open files leaves room for ${places} connections of each TCP and unix listener`;
      log.event("few-descriptors", sentence, { places });
    }
    const ingest = new Ingest(
      { listeners: wanted, credit: MAX_IN_FLIGHT_BYTES, senderRate, places },
      {
        onFrames: (batch, input) => {
          inputs[input]?.add(batch.frames, batch.bytes.byteLength);
          const origin = origins[input] as FrameOrigin;
          const { receivedAt } = batch;
          for (const frame of framesOf(batch)) pipeline.accept({ frame, receivedAt, origin, index: 0 });
        },
        onLost: (counts, input) => {
          frames.ledger.addLosses(counts);
          inputs[input]?.add(sumOf(counts.rejected) + sumOf(counts.dropped), 0);
          for (const [reason, dropped] of Object.entries(counts.dropped)) {
            log.event("frames-dropped", `${dropped} frames were dropped: ${reason}`, { reason, frames: dropped });
          }
        },
        onDisplaced: (connections, input) => {
          const meter = inputs[input] as InputMeter;
          meter.displaced += connections;
          const sentence = `${connections} connections to ${meter.transport} ${meter.address} gave way to others`;
          log.event("connections-displaced", sentence, { connections });
        },
        onUnknownUsers: () =>
          log.event(
            "users-unknown",
            "native-peer is not built: the users of unix sockets share one rate and its limits",
          ),
        onKernelDropped: (datagrams) => {
          frames.ledger.setKernelDropped(datagrams);
          log.event("datagrams-dropped", `the kernel has dropped ${datagrams} datagrams since the start`, {
            datagrams,
          });
        },
        onCrash,
      },
    );
    const clusterOf = (listener: Listener) =>
      listenerClusters.find((entry) => entry.listener === addressOf(listener))?.cluster ?? cluster;
    origins.push(
      ...inputs.map(({ durations }, input) =>
        ingest.origin({
          cluster: clusterOf(wanted[input] as Listener),
          onStored: (milliseconds) => durations.add(milliseconds),
        }),
      ),
    );
    const listeners = await ingest.listeners;
    for (const [index, input] of inputs.entries()) input.address = addressOf(listeners[index] as OpenListener);
    const webSocket = { meter: meter("websocket", formatAddress(http)), cluster };
    return new Receiving(ingest, listeners, inputs, webSocket, frames, pipeline, meter);
  }

  private constructor(
    ingest: Ingest,
    listeners: readonly OpenListener[],
    inputs: readonly InputMeter[],
    { meter: webSocket, cluster }: { readonly meter: InputMeter; readonly cluster: string | undefined },
    frames: FrameState,
    pipeline: Pipeline,
    meter: Receiving["meter"],
  ) {
    this.meter = meter;
    this.listeners = listeners;
    this.inputs = [...inputs, webSocket];
    this.#ingest = ingest;
    this.#webSocketInput = webSocket;
    this.webSocket = {
      accept: (queued) => {
        webSocket.add(1, FRAME_HEADER_SIZE + queued.frame.payload.length);
        pipeline.accept(queued);
      },
      reject: (reason) => {
        const now = Date.now();
        frames.ledger.addReceived(now);
        frames.ledger.addRejected(reason, now);
        webSocket.add(1, 0);
      },
      onStored: (milliseconds) => webSocket.durations.add(milliseconds),
      cluster,
    };
  }

  /** The HTTP server refused a connection. */
  onRefusedHttp(): void {
    this.#webSocketInput.displaced++;
  }

  /** The address of the HTTP server, which is known only when it listens. */
  webSocketAt(host: string): void {
    this.#webSocketInput.address = host;
  }

  /** Reads what has arrived and closes the sockets. Frames arrive until this resolves. */
  stop(): Promise<void> {
    return this.#ingest.stop();
  }
}
