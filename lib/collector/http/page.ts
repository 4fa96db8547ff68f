import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { builtFile } from "../../files/package-root.js";
import { PAGE_VIEWS } from "../../shared/page-views.js";
import { acceptedCoding } from "./compression.js";

/*
 * The page: built files (web/build.ts), held in memory. They contain no data, so they need no token; their data comes
 * from /api/v1, which needs one.
 */

/** Allows nothing from other sites, inline or made from text, so a name that a process reports cannot become code. */
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

const MIME_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The name of an asset contains the hash of its content, so the content never changes. */
const CACHE_FOREVER = "public, max-age=31536000, immutable";

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

/** Answers with the document that all views share. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Adds the routes of the views and of their assets. */
export function addPage(app: FastifyInstance): SendPage {
  const index = builtFile("web/index.html");
  const assets = join(dirname(index), "assets");
  const document = read(index);
  const send: SendPage = (request, reply) =>
    sendFile(document, request, reply.header("content-security-policy", POLICY));
  for (const path of Object.keys(PAGE_VIEWS)) app.get(path, send);
  for (const name of readdirSync(assets)) {
    const file = read(join(assets, name));
    app.get(`/assets/${name}`, (request, reply) =>
      sendFile(file, request, reply.header("cache-control", CACHE_FOREVER)),
    );
  }
  return send;
}

function read(path: string): PageFile {
  const bytes = readFileSync(path);
  const type = MIME_TYPES[extname(path)] ?? "application/octet-stream";
  return { type, bytes, gzipped: gzipSync(bytes, { level: 9 }) };
}

function sendFile({ type, bytes, gzipped }: PageFile, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type(type).header("vary", "accept-encoding");
  if (acceptedCoding(headers["accept-encoding"], ["gzip"]) === undefined) return reply.send(bytes);
  return reply.header("content-encoding", "gzip").send(gzipped);
}
