import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { builtFile } from "../../files/package-root.js";

/*
 * The page: built files (web/build.ts), held in memory. They say nothing about anybody, so they need no token; what
 * they show comes from /api/v1, which does.
 */

/** Addresses of views; each is the same document, which shows what its address says (web/shell/app.tsx). */
const VIEWS = ["/", "/live", "/lookup", "/jobs", "/job", "/compare", "/process", "/software", "/problems"] as const;

/** Nothing from elsewhere, nothing inline, nothing made from text: a name that a process reports stays a name. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A name with the hash of its content means the same for ever. */
const FOR_EVER = "public, max-age=31536000, immutable";

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly zipped: Buffer;
}

export interface Page {
  /** Answers with the document of every view. */
  readonly send: (request: FastifyRequest, reply: FastifyReply) => FastifyReply;
}

/** Adds the views and what they load. */
export function addPage(app: FastifyInstance): Page {
  const index = builtFile("web/index.html");
  const assets = join(dirname(index), "assets");
  const document = read(index);
  const send = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header("content-security-policy", POLICY);
    return sendFile(document, request, reply);
  };
  for (const path of VIEWS) app.get(path, send);
  for (const name of readdirSync(assets)) {
    const file = read(join(assets, name));
    app.get(`/assets/${name}`, (request, reply) => sendFile(file, request, reply.header("cache-control", FOR_EVER)));
  }
  return { send };
}

function read(path: string): PageFile {
  const bytes = readFileSync(path);
  return { type: TYPES[extname(path)] ?? "application/octet-stream", bytes, zipped: gzipSync(bytes, { level: 9 }) };
}

function sendFile({ type, bytes, zipped }: PageFile, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type(type).header("vary", "accept-encoding");
  if (!/\bgzip\b/.test(headers["accept-encoding"] ?? "")) return reply.send(bytes);
  return reply.header("content-encoding", "gzip").send(zipped);
}
