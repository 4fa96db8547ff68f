import { bothOrNeither, type Conflict, field, optional, required, type Values } from "../fields.js";
import { choice, INPUT_FILE, type Kind, url } from "../kinds.js";

/* Options of the outputs that write to a stream, of which json-lines has no others. */

/** Addresses of receivers, by their schemes. */
export function receiver(...schemes: readonly ("tcp" | "tls" | "udp" | "unix")[]): Kind<string> {
  const networks = schemes.filter((scheme) => scheme !== "unix");
  const forms = schemes.map((scheme) => (scheme === "unix" ? "unix:///PATH" : `${scheme}://HOST:PORT`));
  const host = "(?:\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)";
  const unix = schemes.includes("unix") ? "|unix:///.+" : "";
  const last = forms.pop();
  return url(
    [forms.join(", "), last].join(" or "),
    new RegExp(`^(?:(?:${networks.join("|")})://${host}:[0-9]{1,5}${unix})$`),
  );
}

export const STREAM_OPTIONS = {
  "ca-file": optional(INPUT_FILE, {
    help: "for tls, a PEM file with the authority that signed the receiver's certificate",
    initialText: "the authorities that Node.js trusts",
  }),
  "cert-file": optional(INPUT_FILE, {
    help: "for tls, a PEM file with a client certificate to present to the receiver",
    more: "Requires `key-file`.",
  }),
  "key-file": optional(INPUT_FILE, { help: "PEM file with the private key of the client certificate" }),
  confirm: field(choice(["close", "none"]), {
    help: "how the output learns that the receiver has read everything",
    more: "With `close`, the receiver closes the connection once it has read all of it; with `none`, the output cannot know.",
    initial: "close",
  }),
};

export const JSON_LINES = {
  address: required(receiver("tcp", "tls"), { help: "address of the receiver: tcp://HOST:PORT or tls://HOST:PORT" }),
  ...STREAM_OPTIONS,
};

export type StreamOptions = Values<typeof STREAM_OPTIONS> & { readonly address: string };

/** Refuses options without effect: a user who names a certificate expects the output to present it. */
export function streamConflict(options: StreamOptions): Conflict {
  const isTls = options.address.startsWith("tls:");
  for (const key of ["ca-file", "cert-file", "key-file"] as const) {
    if (options[key] !== undefined && !isTls) return [key, "needs an address that begins with tls://"];
  }
  const { "cert-file": certificate, "key-file": key } = options;
  return bothOrNeither({ "cert-file": certificate, "key-file": key });
}
