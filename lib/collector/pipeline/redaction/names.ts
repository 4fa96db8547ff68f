/*
 * Names of variables, options, headers, parameters and keys that hold secrets, in words: `PGPASSWORD`, `--client-secret`,
 * `keyStorePassword`, `X-Api-Key`.
 */

/**
 * What the value behind a name is. A `secret` is one whatever it looks like; `maybe` only when it looks random. `account`
 * values are USER:PASSWORD. The value behind `pin` is
 * a number. The value behind `site`, a name of
 * the site's rules, always is one. The value behind `url` is an address that is a secret by itself, such as a webhook's.
 */
export type NameClass = "none" | "maybe" | "account" | "header" | "secret" | "password" | "url" | "site" | "pin";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const PASSWORDS =
  words(`password passwords passwd passwort kennwort passwrd pword psw pswd passphrase passcode pass pwd pw psk sshpass storepass keypass
  requirepass masterauth userpass dbpass sqlpass bindpass adminpass rootpass srcstorepass deststorepass srckeypass
  destkeypass keystorepass truststorepass jdbcpass userpwd upw opw smbpass mypass newpass oldpass httppass ftppass hgpass`);
const SECRETS =
  words(`secret secrets credential credentials creds cred token jwt bearer cookie cookies apikey authkey otp
  totp authtoken accesstoken apitoken accesskey secretkey privatekey masterkey appkey licensekey encryptionkey oauth2bearer
  sas sastoken asktoken hftoken passkey mnemonic`);
const HEADERS = words("authorization");
const ACCOUNTS = words("auth creds userpwd basicauth proxyuser");
/** Ends of names that are written without a break. */
const JOINED = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "secret",
  "token",
  "apikey",
  "secretkey",
  "privatekey",
  "passwrd",
  "pswd",
  "credential",
  "credentials",
];
const MAYBE = words(`key keys auth authz license licence session sessionid sid pat community salt login hmac tokens
  ikey akey skey nkey certificate webhook hook authn pepper`);
/** A key of these is a secret. Other keys may be names of columns, caches or public ones. */
const KEY_OWNERS =
  words(`api access private secret auth authentication encryption master app application account storage
  signing client deploy license subscription shared consumer service integration admin root write fernet cipher hmac aes
  wallet webhook bot ssl tls decryption activation product ingest functions host session`);
/** Words that make a key public, or a mere name. */
const PUBLIC = words(
  "public pub primary foreign sort cache partition shard sharding group lookup hot registry unique host gpg recv refresh",
);
/** A code or phrase of these is a secret. */
const CODES = words("auth authorization verification access device mfa otp backup recovery");
const PHRASES = words("seed recovery mnemonic backup secret");
/** Last words of names whose values say where a secret is, or how it is used. */
const HARMLESS_LAST =
  words(`file files filename path paths dir directory folder socket sock agent prompt prompts provider
  type types length len min max policy timeout ttl expiry expiration lifetime count algorithm algo mode method methods
  plugin backend helper manager required enabled disabled scope scopes endpoint host port user username env var version
  interval command cmd stdin fd class field fields size index ratio parallelism jar require name names authentication
  program server service location store format encoding label title limit limits usage rotation days age check checks
  validation strength complexity hint loader budget sampler reader input output description namespace section realm
  server audience issuer level audit cost rounds owner kind source ref refs template list id ids policies`);
/** Last words of names whose values are addresses. */
const ADDRESSES = words("url uri urls uris dsn webhook hook link endpoint");
/** Counts and special tokens of language models and parsers. */
const TOKEN_KINDS =
  words(`max min num n new total per count limit pad eos bos unk sep mask cls special image audio video
  prompt completion output input context drop keep stop start end begin vocab batch ratio type visual think space text
  reserved extra padding position`);
const WORD_AFTER_PASS = words("word words wd phrase code key file path");
/** Words that end in `pass` and are no passwords. */
const NO_PASSWORDS =
  /(?:com|by|sur|tres|over|under|low|high|band|all|multi|one|two|first|second|single|sub|pre|post|last)pass$/;
const PINS = words("pin puk");
const NOT_SECRET = words("askpass oldpwd");
/** First words of options without a value, such as `--ask-pass`. */
const FLAG_FIRST =
  words(`ask no prompt enable disable with without show require generate allow skip list revoke get print
  forget save remember renew use has is force`);

/** Names are cached, since processes of a cluster have the same variables. */
const MAX_CACHED_NAMES = 4096;
export const MAX_NAME_CHARACTERS = 64;

const cache = new Map<string, NameClass>();

export function classOfName(name: string): NameClass {
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (cache.size >= MAX_CACHED_NAMES) cache.clear();
  const result = classify(wordsOf(name));
  cache.set(name, result);
  return result;
}

/** Whether an option such as `--ask-pass` or `--no-token` takes no value from the next argument. */
export function isFlag(option: string): boolean {
  const all = wordsOf(option);
  return all.length > 1 && FLAG_FIRST.has(all[0] as string);
}

function classify(all: readonly string[]): NameClass {
  const last = all.at(-1);
  if (last === undefined || all.some((word) => NOT_SECRET.has(word)) || (all.length === 1 && last === "ps"))
    return "none";
  let found: NameClass = "none";
  for (const [index, word] of all.entries()) found = stronger(found, classOfWord(word, all[index - 1], all[index + 1]));
  if (found === "none") return "none";
  if (ADDRESSES.has(last)) return "url";
  const isCount = all.some((word) => word.startsWith("token")) && all.some((word) => TOKEN_KINDS.has(word));
  if (isCount) return "none";
  if (!HARMLESS_LAST.has(last)) return found;
  // The secret half of an identity: VAULT_SECRET_ID.
  return last === "id" && all.at(-2) === "secret" ? "maybe" : "none";
}

const STRENGTH: readonly NameClass[] = ["none", "maybe", "pin", "account", "secret", "password", "header"];
const stronger = (a: NameClass, b: NameClass) => (STRENGTH.indexOf(b) > STRENGTH.indexOf(a) ? b : a);

function classOfWord(word: string, before: string | undefined, after: string | undefined): NameClass {
  // `--pass-through`, `--pass-manager`
  if (word === "pass" && after !== undefined && !WORD_AFTER_PASS.has(after)) return "none";
  if (HEADERS.has(word)) return "header";
  if (PASSWORDS.has(word)) return "password";
  if (ACCOUNTS.has(word)) return "account";
  if (SECRETS.has(word)) return "secret";
  if (word === "key" || word === "keys") {
    if (before === undefined) return "maybe";
    return PUBLIC.has(before) ? "none" : KEY_OWNERS.has(before) ? "secret" : "maybe";
  }
  if (MAYBE.has(word)) return "maybe";
  if (before !== undefined && ((word === "code" && CODES.has(before)) || (word === "phrase" && PHRASES.has(before))))
    return "secret";
  if (PINS.has(word)) return "pin";
  if ((word.endsWith("pass") && !NO_PASSWORDS.test(word)) || (word.endsWith("pw") && word.length > 3))
    return "password";
  const joined = JOINED.find((end) => word.endsWith(end));
  if (joined === undefined) return "none";
  return joined.startsWith("pass") ? "password" : "secret";
}

/** `keyStorePassword` → key, store, password; `DB2_PWD2` → db, pwd. */
function wordsOf(name: string): string[] {
  return name
    .replace(/^-+D?(?=[A-Z])|^[-/]+/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]/)
    .map((word) => word.replace(/\d{1,4}$/, ""))
    .filter((word) => word !== "");
}
