import type { Spans } from "./spans.js";

/* Secrets that have a place of their own in a notation, without a name beside them. */

const IDIOMS: readonly { readonly hint: string; readonly pattern: RegExp }[] = [
  // `machine HOST login USER password SECRET` (netrc(5))
  { hint: "login", pattern: /\blogin\s{1,8}\S{1,256}\s{1,8}(?:password|passwd)\s{1,8}(?<secret>\S{1,1024})/dg },
  // `ORACLE_DSN=USER/PASSWORD@HOST`, `userid=…`
  {
    hint: "@",
    pattern:
      /^(?:\w{0,48}_)?(?:ora|oracle|dsn|tns|userid|connect|connection|logon|login|db|database)(?:_\w{0,48})?=["']?[\w$#."]{1,64}\/(?<secret>[^@\s"']{1,64})@[\w/]/dgi,
  },
  // `connect("DSN or HOST", "USER", "PASSWORD")` of DBI, PHP and Python
  {
    hint: "connect(",
    pattern:
      /connect\(\s{0,8}(["'])[^"']{0,256}\1\s{0,8},\s{0,8}(["'])[^"']{0,128}\2\s{0,8},\s{0,8}(["'])(?<secret>[^"']{1,256})\3/dg,
  },
];

export function findIdioms(text: string, spans: Spans): void {
  for (const { hint, pattern } of IDIOMS) {
    if (!text.includes(hint)) continue;
    for (const { indices } of text.matchAll(pattern)) {
      const [start, end] = indices?.groups?.["secret"] ?? [0, 0];
      spans.add(start, end);
    }
  }
}
