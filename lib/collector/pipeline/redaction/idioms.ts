import type { Classify } from "./assignments.js";
import type { Spans } from "./spans.js";
import { isSecretValue } from "./values.js";

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
  // `jdbc:oracle:thin:USER/PASSWORD@HOST`
  { hint: "jdbc:oracle:", pattern: /jdbc:oracle:\w{1,8}:[\w$#."]{1,64}\/(?<secret>[^@\s"']{1,64})@/dg },
  // `auth=("USER", "PASSWORD")`, `login("USER", "PASSWORD")`
  {
    hint: "(",
    pattern:
      /\b(?:auth=|\w{0,32}auth|login|authenticate)\(\s{0,8}(["'])[^"']{0,128}\1\s{0,8},\s{0,8}(["'])(?<secret>[^"']{1,256})\2/dgi,
  },
  // `PASSCOMMAND=echo PASSWORD` of borg, restic and msmtp
  {
    hint: "echo",
    pattern:
      /pass(?:word|phrase)?[-_]?(?:command|cmd|eval)(?:=|\s)\s{0,4}["']?echo\s{1,8}["']?(?<secret>[^\s"';|][^"';|\n]{0,255})/dgi,
  },
  // What expect(1) sends behind a prompt for a password: `expect "assword:"; send "PASSWORD\r"`
  {
    hint: "assword",
    pattern: /assword[^\n;]{0,64}[\s;]{1,8}send\s{1,8}(?:--\s{1,8})?(["'{])(?<secret>[^"'}\\]{1,256})/dg,
  },
  // `connect("DSN or HOST", "USER", "PASSWORD")` of DBI, PHP and Python
  {
    hint: "connect(",
    pattern:
      /connect\(\s{0,8}(["'])[^"']{0,256}\1\s{0,8},\s{0,8}(["'])[^"']{0,128}\2\s{0,8},\s{0,8}(["'])(?<secret>[^"']{1,256})\3/dg,
  },
];

/** `setenv('TOKEN', 'VALUE')`, `os.environ.setdefault("TOKEN", "VALUE")`, `add_header("X-Api-Key", "VALUE")` */
const NAMED_ARGUMENT =
  /\(\s{0,8}(["'])(?<name>[\w.-]{1,64})\1\s{0,8},\s{0,8}(["'])(?<secret>(?:(?!\3)[^\\\n]){1,1024})\3/dg;

export function findIdioms(text: string, classify: Classify, spans: Spans): void {
  if (text.includes("(")) findNamedArguments(text, classify, spans);
  for (const { hint, pattern } of IDIOMS) {
    if (!text.includes(hint)) continue;
    for (const { indices } of text.matchAll(pattern)) {
      const [start, end] = indices?.groups?.["secret"] ?? [0, 0];
      spans.add(start, end);
    }
  }
}

function findNamedArguments(text: string, classify: Classify, spans: Spans): void {
  for (const { groups, indices } of text.matchAll(NAMED_ARGUMENT)) {
    const { name = "", secret = "" } = groups ?? {};
    if (!isSecretValue(classify(name), secret, false)) continue;
    const [start, end] = indices?.groups?.["secret"] ?? [0, 0];
    spans.add(start, end);
  }
}
