import type { Spans } from "./spans.js";
import { looksRandom } from "./values.js";

/* Secrets in addresses: `scheme://user:password@host`, `https://token@host`, paths of webhooks. */

/** Hosts and paths whose last segments are secrets. */
const SECRET_PATH = /(?:^|[./])(?:hooks?|webhooks?|bot|t|key|token|tokens|secret|services)(?:[./]|\d{6})/i;
const FILE_NAME = /\.[a-z][a-z\d]{1,4}$/i;
const HOOK_SERVICES = /^hooks\.[\w.-]{1,64}\/services\//i;
const MIN_LONE_USER_CHARACTERS = 20;

/** `user:password@host` without a scheme, `:pserver:user:password@host` of CVS. */
const ACCOUNT_AT_HOST = /^((?:\w{1,64}=|:\w{1,16}:)?[\w.%-]{1,64}:)([^@\s]{1,256})@(?!sha\d{3}:)[\w.[]/;

/** @param isSecret - the name of the address says that it is a secret, as for webhooks. */
export function findInAddresses(text: string, isSecret: boolean, spans: Spans): void {
  const account = ACCOUNT_AT_HOST.exec(text);
  if (account !== null && looksRandom(account[2] as string)) {
    const start = (account[1] as string).length;
    spans.add(start, start + (account[2] as string).length);
  }
  for (let slashes = text.indexOf("://"); slashes >= 0; ) {
    const start = slashes + 3;
    const next = text.indexOf("://", start);
    const end = endOfAddress(text, start, next < 0 ? text.length : next);
    findInAddress(text, start, end, isSecret, spans);
    slashes = next;
  }
}

function endOfAddress(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && !isDelimiter(text.charCodeAt(end))) end++;
  return end;
}

/** White space, quotes and angle brackets. */
function isDelimiter(code: number): boolean {
  return code <= 32 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62;
}

function findInAddress(text: string, start: number, end: number, isSecret: boolean, spans: Spans): void {
  const address = text.slice(start, end);
  const authorityEnd = orLength(address.search(/[/?#]/), address);
  let at = address.lastIndexOf("@", authorityEnd - 1);
  const colon = address.indexOf(":");
  // A password may hold a slash. What follows the colon of `host:port` is a number.
  if (at < 0 && colon >= 0 && colon < authorityEnd && !/^\d*$|^\$/.test(address.slice(colon + 1, authorityEnd))) {
    at = address.lastIndexOf("@");
  }
  // `image:tag@sha256:…` is no account.
  if (at > 0 && !/^sha\d{3}:/.test(address.slice(at + 1, at + 8))) findInUser(address.slice(0, at), start, spans);
  const rest = Math.max(at + 1, 0);
  findInPath(address.slice(rest), start + rest, isSecret, spans);
}

function findInUser(user: string, start: number, spans: Spans): void {
  const colon = user.indexOf(":");
  const name = colon < 0 ? user : user.slice(0, colon);
  const password = colon < 0 ? "" : user.slice(colon + 1);
  const isReference = /^\$\{?\w{1,64}\}?$/.test(password);
  if (!isReference) spans.add(start + colon + 1, start + (password === "" ? colon + 1 : user.length));
  const isToken = looksRandom(name) || (name.length >= MIN_LONE_USER_CHARACTERS && !/[.$]/.test(name));
  if (isToken) spans.add(start, start + name.length);
}

function findInPath(address: string, start: number, isSecret: boolean, spans: Spans): void {
  const services = HOOK_SERVICES.exec(address);
  if (services !== null) {
    spans.add(start + services[0].length, start + address.length);
    return;
  }
  const query = orLength(address.search(/[?#]/), address);
  if (isSecret || SECRET_PATH.test(address.slice(0, Math.min(query, 512)))) {
    let from = address.indexOf("/") + 1;
    while (from > 0 && from < query) {
      const slash = address.indexOf("/", from);
      const end = slash < 0 || slash > query ? query : slash;
      const part = address.slice(from, end);
      const isFile = !isSecret && FILE_NAME.test(part);
      if (!isFile && (looksRandom(part) || part.length >= 32)) spans.add(start + from, start + end);
      from = end + 1;
    }
  }
  if (isSecret) findInQuery(address, query, start, spans);
}

/** Every value of the query. */
function findInQuery(address: string, query: number, start: number, spans: Spans): void {
  for (let equals = address.indexOf("=", query); equals >= 0; ) {
    const ampersand = orLength(address.indexOf("&", equals), address);
    spans.add(start + equals + 1, start + ampersand);
    equals = address.indexOf("=", ampersand);
  }
}

const orLength = (index: number, text: string) => (index < 0 ? text.length : index);
