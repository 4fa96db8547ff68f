/**
 * The origin of a collector's URL, such as `http://127.0.0.1:7972`.
 *
 * @throws TypeError unless it is the URL of an HTTP server: a mistake of the program, to be seen before its first question.
 */
export function originOf(url: string | URL): string {
  if (url === undefined)
    throw new TypeError("url is required: the collector's base URL, such as http://127.0.0.1:7972");
  const text = `${url}`;
  if (isServerUrl(text)) return new URL(text).origin;
  throw new TypeError(`not the URL of an HTTP server, such as http://127.0.0.1:7972: ${JSON.stringify(text)}`);
}

/** Whether a text is the URL of an HTTP server. A collector answers at the root only, so a path is a mistake. */
export function isServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && pathname === "/" && search === "";
}
