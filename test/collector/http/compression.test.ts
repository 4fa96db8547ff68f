import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { acceptedCoding } from "../../../lib/collector/http/compression.js";
import { sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const shared = sharedCollector(join(temporaryFolder(), "data"));
const LARGE = "/api/v1/job?id=large";

beforeAll(async () => {
  await shared().report(...Array.from({ length: 20 }, (_, pid) => processStart({ job: "large", pid: 100 + pid })));
});

/** What arrives, as it arrives: fetch would inflate it. */
async function raw(path: string, acceptEncoding: string | undefined, method = "GET") {
  const headers = {
    authorization: `Bearer ${shared().token}`,
    ...(acceptEncoding !== undefined && { "accept-encoding": acceptEncoding }),
  };
  const sent = request(new URL(path, shared().where.http), { method, headers }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, body };
}

describe("an answer", () => {
  it("is compressed as the client accepts it, and the same in each coding", async () => {
    const plain = await raw(LARGE, undefined);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const inflated = { gzip: gunzipSync, br: brotliDecompressSync };
    for (const [coding, inflate] of Object.entries(inflated)) {
      const { headers, body } = await raw(LARGE, coding);
      expect([headers["content-encoding"], headers.vary]).toEqual([coding, "accept-encoding"]);
      expect(headers["content-length"]).toBe(`${body.length}`);
      expect(headers["content-type"]).toMatch(/^application\/json/);
      expect(body.length).toBeLessThan(plain.body.length / 5);
      const { processes } = JSON.parse(inflate(body).toString());
      expect(processes).toEqual(JSON.parse(plain.body.toString()).processes);
    }
  });

  it("says that it depends on what the client accepts, also when it is not compressed", async () => {
    for (const accepted of [undefined, "identity", "zstd", "gzip;q=0"]) {
      const { headers } = await raw(LARGE, accepted);
      expect([headers["content-encoding"], headers.vary]).toEqual([undefined, "accept-encoding"]);
    }
  });

  it("has the same headers for HEAD, and no body", async () => {
    const { headers: expected } = await raw(LARGE, "gzip");
    const { status, headers, body } = await raw(LARGE, "gzip", "HEAD");
    expect([status, body.length]).toEqual([200, 0]);
    for (const name of ["content-encoding", "content-type", "vary"]) expect(headers[name]).toBe(expected[name]);
    expect(Number(headers["content-length"])).toBeGreaterThan(0);
  });

  it("that is small is sent as it is, and so is an error", async () => {
    for (const path of ["/api/v1/job?id=unknown&limit=1", "/api/v1/jobs?limit=0", "/api/v1/nothing"]) {
      const { headers, body } = await raw(path, "gzip, br");
      expect([path, headers["content-encoding"]]).toEqual([path, undefined]);
      expect(JSON.parse(body.toString())).toBeTypeOf("object");
    }
  });

  it("with a secret is not compressed", async () => {
    const { status, headers } = await raw("/api/v1/login-links", "gzip, br", "POST");
    expect([status, headers["content-encoding"], headers.vary]).toEqual([200, undefined, undefined]);
  });

  it("is read by the client, compressed", async () => {
    let coding: string | null = null;
    const client = new CollectorClient({
      url: shared().where.http,
      token: shared().token,
      fetch: async (...args) => {
        const response = await fetch(...args);
        coding = response.headers.get("content-encoding");
        return response;
      },
    });
    expect((await client.job({ id: "large" })).total).toBe(20);
    expect(coding).toBe("gzip");
  });
});

describe("the coding of an answer", () => {
  it("is the one with the highest weight that the client accepts (RFC 9110 section 12.5.3)", () => {
    const expected = {
      "": undefined,
      gzip: "gzip",
      "gzip, deflate, br, zstd": "br",
      "GZIP;Q=1.0 , br;q=0.5": "gzip",
      "gzip;q=0.8, br;q=0.8": "br",
      "gzip;q=0": undefined,
      "*": "br",
      "*;q=0": undefined,
      "br;q=0, *": "gzip",
      "identity, gzip;q=0.5": undefined,
      "identity;q=0.5, gzip;q=0.5": "gzip",
      "identity;q=0, gzip;q=0.001": "gzip",
      "gzip;q=much, br;q=1.2.3": undefined,
      "deflate, gzipped": undefined,
    };
    const found = Object.keys(expected).map((header) => [header, acceptedCoding(header)]);
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(acceptedCoding("br, gzip;q=0.1", ["gzip"])).toBe("gzip");
  });
});
