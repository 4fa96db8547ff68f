import type { Socket } from "node:net";
import {
  AGENT_PROTOCOL_VERSION,
  type AgentHeartbeat,
  type AgentHello,
  type AgentMessage,
  type AgentRecord,
  DEFAULT_MAX_PAYLOAD_BYTES,
  decodeAgentMessage,
  encodeAgentMessage,
  encodeHost,
  type Frame,
  FrameReader,
  MESSAGE_TYPE,
  type Violation,
} from "../../wire/index.js";
import type { FrameOrigin, InFlightFrame, Outcome, QueuedFrame } from "../frames/in-flight.js";
import { type Credit, creditFor } from "../ingest/credit.js";
import type { Sender } from "../limits/senders.js";
import { type FieldPool, SharedFields } from "./shared-fields.js";

/** An agent has this time to say who it is. */
const HELLO_TIMEOUT_MS = 10_000;
/** Agents send a heartbeat every ten seconds. */
const SILENCE_TIMEOUT_MS = 60_000;

/** What a connection needs of its listener. */
export interface ConnectionContext extends Pick<FrameOrigin, "cluster" | "onStored"> {
  readonly pool: FieldPool;
  readonly credit: Credit;
  /** Why an agent may not deliver; undefined when it may, and its connection is the one of its node from now on. */
  readonly welcome: (connection: AgentConnection, hello: AgentHello) => string | undefined;
  readonly senderOf: (node: string) => Sender;
  /** Credit was given back. */
  readonly onCredit: () => void;
  readonly accept: (frame: QueuedFrame) => void;
  /** A record, valid or not, was received in a frame with this payload. */
  readonly onFrame: (bytes: number) => void;
  /** Counts a frame that is received and rejected. */
  readonly reject: (reason: Violation) => void;
  readonly onHeartbeat: (hello: AgentHello, heartbeat: AgentHeartbeat) => void;
  /** @param change - growth of the bytes that wait to be read. */
  readonly onBuffered: (change: number) => void;
  readonly onClose: (connection: AgentConnection) => void;
}

/**
 * The connection of one agent. In: bytes. Out: frames as other senders send them, each with its delivery; an
 * acknowledgement when they are durable. While there is no credit, the socket is not read, so that the agent waits.
 */
export class AgentConnection implements FrameOrigin {
  readonly acknowledges = true;
  readonly cluster: FrameOrigin["cluster"];
  readonly onStored: FrameOrigin["onStored"];
  readonly #socket: Socket;
  readonly #context: ConnectionContext;
  readonly #reader = new FrameReader();
  readonly #fields: SharedFields;
  #hello: AgentHello | undefined;
  #sender: Sender | undefined;
  /** Field that names the host of a start. */
  #host: Uint8Array = new Uint8Array(0);
  /** A record that waits for credit. */
  #held: AgentRecord | undefined;
  #buffered = 0;
  #accepted = 0;
  /** All records before this index are complete. */
  #durable = 0;
  #acknowledged = 0;
  /** Indexes of later records that are complete. */
  readonly #completedAhead = new Set<number>();
  #isScheduled = false;
  #isClosed = false;

  constructor(socket: Socket, context: ConnectionContext) {
    this.#socket = socket;
    this.#context = context;
    this.#fields = new SharedFields(context.pool);
    this.cluster = context.cluster;
    this.onStored = context.onStored;
    const helloTimeout = setTimeout(() => {
      if (this.#hello === undefined) socket.destroy();
    }, HELLO_TIMEOUT_MS).unref();
    socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
      // One that waits for credit is not read.
      if (this.#held === undefined) socket.destroy();
    });
    socket.on("data", (bytes) => {
      this.#reader.push(bytes);
      this.#handOver();
    });
    socket.on("drain", () => this.#acknowledge());
    // The "close" event follows and handles it.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(helloTimeout);
      this.#isClosed = true;
      this.#held = undefined;
      this.#fields.clear();
      this.#setBuffered(0);
      context.onClose(this);
    });
  }

  get node(): string | undefined {
    return this.#hello?.node;
  }

  /** Bytes that wait to be read. */
  get buffered(): number {
    return this.#buffered;
  }

  close(): void {
    this.#socket.destroy();
  }

  #handOver(): void {
    while (!this.#isClosed && !this.#socket.destroyed) {
      if (this.#held !== undefined) {
        if (!this.#acceptRecord(this.#held)) break;
        this.#held = undefined;
        continue;
      }
      const frame = this.#reader.next();
      if (frame === undefined) break;
      const message = frame === "too-large" ? frame : decodeAgentMessage(frame);
      if (typeof frame === "object" && frame.type === MESSAGE_TYPE.agentRecord)
        this.#context.onFrame(frame.payload.length);
      const violation = typeof message === "string" ? message : this.#receive(message);
      if (violation === undefined) continue;
      this.#context.reject(violation);
      this.#socket.destroy();
      return;
    }
    this.#setBuffered(this.#isClosed ? 0 : this.#reader.buffered);
    if (this.#held === undefined && this.#socket.isPaused()) this.#socket.resume();
  }

  /** Takes a message, or says what is wrong with it. */
  #receive(message: AgentMessage): Violation | undefined {
    if (this.#hello === undefined) return message.type === "agent-hello" ? this.#meet(message) : "unknown-type";
    switch (message.type) {
      case "agent-record":
        if (message.sequence !== this.#hello.first + BigInt(this.#accepted)) return "malformed-payload";
        if (message.objects !== undefined && this.#fields.get(message.objects) === undefined)
          return "malformed-payload";
        this.#held = message;
        return undefined;
      case "agent-objects":
        return this.#fields.set(message.number, message.startFields) ? undefined : "too-large";
      case "agent-heartbeat":
        this.#context.onHeartbeat(this.#hello, message);
        return undefined;
      default:
        return "unknown-type";
    }
  }

  #meet(hello: AgentHello): undefined {
    const version = AGENT_PROTOCOL_VERSION;
    const refused = this.#context.welcome(this, hello);
    const answer = encodeAgentMessage({ type: "agent-welcome", version, refused });
    if (refused !== undefined) {
      // What it sends is not read any more.
      this.#isClosed = true;
      this.#socket.end(answer);
      this.#socket.destroySoon();
      return;
    }
    this.#hello = hello;
    this.#sender = this.#context.senderOf(hello.node);
    this.#host = encodeHost(hello.node);
    this.#socket.write(answer);
  }

  /** False when there is no credit for the record. */
  #acceptRecord(record: AgentRecord): boolean {
    const [hello, sender] = [this.#hello as AgentHello, this.#sender as Sender];
    const frame = this.#whole(record);
    if (frame.payload.length > DEFAULT_MAX_PAYLOAD_BYTES) {
      // It will not become smaller.
      this.#context.reject("too-large");
      this.#complete(this.#accepted++);
      return true;
    }
    if (!this.#context.credit.take(sender, frame)) {
      this.#socket.pause();
      this.#context.credit.onCredit(() => this.#handOver());
      return false;
    }
    const { sequence, observedBy, attested } = record;
    const delivery = { agent: hello.node, epoch: hello.epoch, sequence, observedBy, attested };
    this.#context.accept({
      frame: { ...frame, sender: sender.key },
      receivedAt: Date.now(),
      origin: this,
      index: this.#accepted++,
      delivery,
    });
    return true;
  }

  /** A record as a frame of its own: with the fields that it shares, and with the node as its host. */
  #whole({ message, objects }: AgentRecord): Frame {
    if (message.type !== MESSAGE_TYPE.processStart) return message;
    const shared = objects === undefined ? undefined : this.#fields.get(objects);
    // Of fields that occur twice, the last counts.
    const parts = [...(shared === undefined ? [] : [shared]), message.payload, this.#host];
    return { type: message.type, payload: Buffer.concat(parts) };
  }

  onFreed(sender: string, bytes: number): void {
    this.#context.credit.give(sender, bytes);
    this.#context.onCredit();
  }

  onComplete({ sender, bytes, index }: InFlightFrame, outcome: Outcome): void {
    this.onFreed(sender, creditFor(bytes));
    // The agent sends again what was not acknowledged.
    if (outcome === "lost") this.#socket.destroy();
    else this.#complete(index);
  }

  #complete(index: number): void {
    this.#completedAhead.add(index);
    while (this.#completedAhead.delete(this.#durable)) this.#durable++;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // One message for all records that complete in this turn.
    setImmediate(() => {
      this.#isScheduled = false;
      this.#acknowledge();
    });
  }

  /** An agent that does not read gets one acknowledgement when it does. */
  #acknowledge(): void {
    if (this.#hello === undefined || this.#durable === this.#acknowledged) return;
    if (!this.#socket.writable || this.#socket.writableNeedDrain) return;
    this.#acknowledged = this.#durable;
    const sequence = this.#hello.first + BigInt(this.#durable) - 1n;
    this.#socket.write(encodeAgentMessage({ type: "agent-acknowledgement", sequence }));
  }

  #setBuffered(bytes: number): void {
    const change = bytes - this.#buffered;
    this.#buffered = bytes;
    if (change !== 0) this.#context.onBuffered(change);
  }
}
