import type { OutgoingHttpHeaders } from "node:http";
import { request } from "node:https";
import { Readable } from "node:stream";
import type { Trust } from "../../client/index.js";

/** fetch for https with its own certificate authorities; Node's built-in fetch has no option for them. */
export function httpsFetch(trust: Trust): typeof fetch {
  return (input, { method = "GET", headers, body, signal, redirect } = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const options = { ...trust, method, headers: headers as OutgoingHttpHeaders, agent: false as const };
      const call = request(url, { ...options, ...(signal && { signal }) }, (response) => {
        const status = response.statusCode ?? 0;
        if (redirect === "error" && status >= 300 && status < 400) {
          call.destroy(new Error("an unexpected redirect"));
          return;
        }
        const stream = Readable.toWeb(response) as ConstructorParameters<typeof Response>[0];
        resolve(new Response(stream, { status, headers: textHeaders(response.headersDistinct) }));
      });
      call.on("error", reject);
      call.end(body);
    });
}

function textHeaders(headers: NodeJS.Dict<string[]>): [string, string][] {
  return Object.entries(headers).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
}
