import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type StreamedProcess, type StreamState, type Subscription, subscribe } from "../../lib/client/index.js";
import { encodeMessage } from "../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { processStart } from "../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

/** Records the events of a subscription; a test can wait for them. */
class Followed {
  readonly jobs: (string | null)[] = [];
  readonly states: StreamState[] = [];
  subscription: Subscription | undefined;
  #waiting: (() => void)[] = [];

  readonly handlers = {
    onProcess: (process: StreamedProcess) => {
      this.jobs.push(process.job);
      this.#wake();
    },
    onState: (state: StreamState) => {
      this.states.push(state);
      this.#wake();
    },
  };

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  isOpen = () => this.states.at(-1)?.kind === "open";

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

async function follow(
  url: string,
  options: Omit<Parameters<typeof subscribe>[0], "url" | "onProcess">,
): Promise<Followed> {
  const followed = new Followed();
  const subscription = subscribe({ url, ...options, ...followed.handlers });
  open.push(subscription);
  await followed.until(() => followed.states.some(({ kind }) => kind === "open" || kind === "refused"));
  return followed;
}

const send = (collector: RunningCollector, ...jobs: string[]) =>
  collector.send(...jobs.map((job) => encodeMessage(processStart({ job }))));

/** Forwards connections to a server, and can break them. */
async function startProxy(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isUp = true;
  const server = createServer((near) => {
    if (!isUp) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a proxy without a port");
  const cut = () => {
    isUp = false;
    for (const socket of sockets) socket.destroy();
  };
  open.push({
    close: () => {
      cut();
      server.close();
    },
  });
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    restore: () => {
      isUp = true;
    },
  };
}

describe("subscribe", () => {
  it("delivers each process that matches the filters", async () => {
    const collector = await startCollector(freshData());
    const followed = await follow(collector.where.http, { token: collector.token, filters: { job: "wanted" } });
    await send(collector, "other", "wanted");
    await followed.until(() => followed.jobs.length > 0);
    expect(followed.jobs).toEqual(["wanted"]);
  });

  it("begins with the newest records on request", async () => {
    const collector = await startCollector(freshData());
    await send(collector, "first", "second", "third");
    await collector.waitForFrames(3);
    const followed = await follow(collector.where.http, { token: collector.token, last: 2 });
    await followed.until(() => followed.jobs.length === 2);
    expect(followed.jobs).toEqual(["second", "third"]);
  });

  it("fills a gap, and delivers nothing twice", async () => {
    const collector = await startCollector(freshData());
    await send(collector, "before the subscription");
    await collector.waitForFrames(1);
    const proxy = await startProxy(collector.where.http);
    const followed = await follow(proxy.url, { token: collector.token });
    await send(collector, "before the gap");
    await followed.until(() => followed.jobs.length === 1);
    proxy.cut();
    await followed.until(() => followed.states.at(-1)?.kind === "waiting");
    await send(collector, "in the gap", "also in the gap");
    await collector.waitForFrames(4);
    proxy.restore();
    await followed.until(followed.isOpen);
    await send(collector, "after the gap");
    await followed.until(() => followed.jobs.includes("after the gap"));
    expect(followed.jobs).toEqual(["before the gap", "in the gap", "also in the gap", "after the gap"]);
  });

  it("waits for a killed collector to restart, and delivers nothing twice", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const { host } = new URL(collector.where.http);
    const followed = await follow(collector.where.http, { token: collector.token });
    await send(collector, "before the kill");
    await followed.until(() => followed.jobs.length === 1);
    await collector.stop("SIGKILL");
    await followed.until(() => followed.states.at(-1)?.kind === "waiting");
    const next = await startCollector(data, "--http", host);
    // Usually before the subscriber has connected again.
    await send(next, "after the start");
    await followed.until(followed.isOpen);
    await send(next, "later");
    await followed.until(() => followed.jobs.includes("later"));
    expect(followed.jobs).toEqual(["before the kill", "after the start", "later"]);
  });

  it("stays closed when the listener of its state closes it", async () => {
    const collector = await startCollector(freshData());
    const followed = new Followed();
    const subscription = subscribe({
      url: collector.where.http,
      token: collector.token,
      onProcess: followed.handlers.onProcess,
      onState: (state) => {
        followed.handlers.onState(state);
        if (state.kind === "waiting") subscription.close();
      },
    });
    await followed.until(followed.isOpen);
    await collector.stop();
    await followed.until(() => followed.states.at(-1)?.kind === "closed");
    // Longer than the first delay.
    await sleep(700);
    expect(followed.states.map(({ kind }) => kind)).toEqual(["connecting", "open", "waiting", "closed"]);
  });

  it("takes a token with the end of its line, and says what is wrong with one that cannot be sent", async () => {
    const collector = await startCollector(freshData());
    expect((await follow(collector.where.http, { token: `${collector.token}\n` })).isOpen()).toBe(true);
    const unsendable = await follow(collector.where.http, { token: "two\nlines" });
    expect(unsendable.states.at(-1)).toMatchObject({
      kind: "refused",
      status: 0,
      reason: expect.stringContaining("Invalid character in header"),
    });
  });

  it("says which option is missing before it connects", () => {
    const url = "http://127.0.0.1:7972";
    expect(() => subscribe({ url, token: "t" } as never)).toThrow("onProcess is required");
    const { WebSocket } = globalThis;
    Reflect.deleteProperty(globalThis, "WebSocket");
    open.push({ close: () => Object.assign(globalThis, { WebSocket }) });
    expect(() => subscribe({ url, onProcess: () => {} })).toThrow("token is required in Node.js");
  });

  it("does not try again after a refusal", async () => {
    const collector = await startCollector(freshData());
    const unauthenticated = await follow(collector.where.http, { token: "wrong-token-wrong-token" });
    expect(unauthenticated.states.at(-1)).toMatchObject({
      kind: "refused",
      status: 401,
      code: "TOKEN_REQUIRED",
      reason: "the token is wrong",
    });
    const invalid = await follow(collector.where.http, { token: collector.token, filters: { verdict: "fine" } });
    expect(invalid.states.at(-1)).toMatchObject({
      kind: "refused",
      status: 400,
      code: "INVALID_PARAMETER",
      reason: expect.stringContaining("verdict"),
    });
  });

  it("delivers nothing after it was closed", async () => {
    const collector = await startCollector(freshData());
    const followed = new Followed();
    const subscription = subscribe({
      url: collector.where.http,
      token: collector.token,
      ...followed.handlers,
    });
    await followed.until(followed.isOpen);
    subscription.close();
    await send(collector, "too late");
    await collector.waitForFrames(1);
    expect(subscription.state).toEqual({ kind: "closed" });
    expect(followed.jobs).toEqual([]);
  });
});
