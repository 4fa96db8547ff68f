import { bothOrNeither, type Conflict, field, optional, required, type Values } from "../fields.js";
import { choice, count, INPUT_FILE, text, url } from "../kinds.js";

export const ELASTICSEARCH = {
  url: required(url("http://HOST:PORT or https://HOST:PORT", /^https?:\/\/[^\s?#@]+$/u), {
    help: "URL of the server: http://HOST:PORT or https://HOST:PORT",
  }),
  "data-stream": field(
    text("name", "a name of lower-case letters, digits, _, - and dots", (value) =>
      /^[a-z0-9][a-z0-9_.-]{0,127}$/.test(value),
    ),
    { help: "name of the data stream, of lower-case letters, digits, _, - and dots", initial: "ogrt" },
  ),
  template: field(choice([true, false]), {
    help: "install the index template at the start, and replace an existing one of the same name",
    initial: true,
  }),
  user: optional(
    text("name", "a name without a colon", (value) => /^[^:]+$/.test(value)),
    { help: "user for basic authentication", more: "Requires `password-file`." },
  ),
  "password-file": optional(INPUT_FILE, { help: "file with the password of the user" }),
  "api-key-file": optional(INPUT_FILE, {
    help: "file with an API key as the server issued it (base64)",
    more: "Replaces `user` and `password-file`.",
  }),
  "ca-file": optional(INPUT_FILE, {
    help: "for https, a PEM file with the authority that signed the server's certificate",
    initialText: "the authorities that Node.js trusts",
  }),
  "bulk-bytes": field(count("bytes", 65_536, 104_857_600), {
    help: "maximum size of a bulk request, in bytes",
    more: "A larger document has a request to itself.",
    initial: 5_242_880,
  }),
};

export type ElasticsearchOptions = Values<typeof ELASTICSEARCH>;

export function elasticsearchConflict(options: ElasticsearchOptions): Conflict {
  const { url, user, "password-file": password, "api-key-file": key, "ca-file": authority } = options;
  const conflict = bothOrNeither({ user, "password-file": password });
  if (conflict !== undefined) return conflict;
  if (key !== undefined && user !== undefined) return ["api-key-file", "replaces user and password-file"];
  if (authority !== undefined && !url.startsWith("https:")) return ["ca-file", "needs a url that begins with https://"];
  return undefined;
}
