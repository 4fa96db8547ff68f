import type { NameClass } from "./names.js";

/** Values of options and variables with secret-like names that are no secrets. */
const HARMLESS =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|[01]|auto|default|required|optional|always|never|prompt|ask|stdin|enabled?|disabled?|basic|digest|negotiate|ntlm|oauth|saml|kerberos|ldap|munge|-|\*+|[xX]{3,}|\[redacted\]|<[^<>]*>|password|passwd|secret|token)$/i;
/** Where a secret is, or an expression that finds one, instead of the secret itself. */
const REFERENCE =
  /^(?:\.[*+]|\[\^|(?:env|file|fd|op|ref|secretref|arn|id|type|src|source|projects):|\$\{|\$\(|\{\{|%\(|id=|type=|src=)/i;
const VARIABLE = /^\$\w{1,64}$/;
const PATH = /^(?:~|\.{0,2})\/[\w.@%+,~-]+(?:\/[\w.@%+,~-]*)*$/;
const MAX_HARMLESS_CHARACTERS = 64;
const MAX_PATH_CHARACTERS = 4096;

/**
 * Whether a value behind a name is a secret.
 *
 * @param isScript - a shell replaces `$NAME` in the text, so that it is no secret.
 */
export function isSecretValue(name: NameClass, value: string, isScript: boolean): boolean {
  if (value === "") return false;
  if (name === "site") return true;
  if (value.length <= MAX_HARMLESS_CHARACTERS && HARMLESS.test(value)) return false;
  if (REFERENCE.test(value) || (isScript && VARIABLE.test(value))) return false;
  switch (name) {
    case "none":
      return false;
    case "maybe":
    case "account":
    case "url":
      return looksRandom(value);
    case "secret":
      // A count or a share of tokens, or the file of a key.
      return !/^\d{1,7}$|^\d{0,3}\.\d{1,6}$/.test(value) && !isPath(value);
    case "password":
      return !/^\d{1,2}$/.test(value) && !/^(?:\/|\.\/|~\/)[a-z.]/.test(value);
    case "pin":
      return /^\d{4,12}$/.test(value) || looksRandom(value);
    case "header":
      return true;
  }
}

function isPath(value: string): boolean {
  return (
    value.length <= MAX_PATH_CHARACTERS &&
    PATH.test(value) &&
    !value.split("/").some((part) => part.length > 30 && looksRandom(part))
  );
}

/** Kinds of characters. */
const DIGIT = 1;
const LOWER = 2;
const UPPER = 3;
const OTHER = 4;

const MIN_RANDOM_CHARACTERS = 8;
const MAX_JUDGED_CHARACTERS = 256;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether a text looks like made by a random generator, or by someone who writes `p4ssW0rd`. */
export function looksRandom(whole: string): boolean {
  const text = whole.slice(0, MAX_JUDGED_CHARACTERS);
  if (text.length < MIN_RANDOM_CHARACTERS || /^[./~$]|\s|:\/\//.test(text)) return false;
  if (UUID.test(text)) return true;
  const { counts, kindChanges, numberChanges } = countsOf(text);
  const [, digits = 0, lower = 0, upper = 0, other = 0] = counts;
  const { length } = text;
  if (other > length / 4) return false;
  if (digits > 0 && lower + upper > 0 && numberChanges >= 3 && numberChanges >= length / 12) return true;
  const isMixed = lower > 2 && upper > 2 && digits > 0 && other <= 4;
  return length >= 20 && isMixed && kindChanges >= length / 5;
}

/** Characters of each kind, changes between kinds, and those between letters and digits. */
function countsOf(text: string): { counts: readonly number[]; kindChanges: number; numberChanges: number } {
  const counts = [0, 0, 0, 0, 0];
  let kindChanges = 0;
  let numberChanges = 0;
  let before = OTHER;
  for (let index = 0; index < text.length; index++) {
    const kind = kindOf(text.charCodeAt(index));
    counts[kind] = (counts[kind] as number) + 1;
    if (kind !== before) kindChanges++;
    const isNumberChange = kind !== OTHER && before !== OTHER && (kind === DIGIT) !== (before === DIGIT);
    if (isNumberChange) numberChanges++;
    before = kind;
  }
  return { counts, kindChanges, numberChanges };
}

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT;
  if (code >= 97 && code <= 122) return LOWER;
  return code >= 65 && code <= 90 ? UPPER : OTHER;
}
