/* Patterns of secrets in arguments and environments. */

/** A character of the name of a variable or option. */
export const NAME_CHARACTER = "[^\\s=]";
/** Names of variables and options whose values are secrets. */
export const SECRET_NAMES =
  "[\\w.-]*(?:passw(?:or)?d|passwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|_pwd)[\\w.-]*|pwd_\\w+|pass|pat|[\\w.-]*[_-](?:pass|pat|auth)";
/** Names that match SECRET_NAMES, but whose values say where a secret is stored, or are not secret at all. */
export const HARMLESS_NAMES = /(?:file|path|dir|directory|socket|sock|agent|prompt|provider|type|url|uri)$/i;
/** Texts that are secrets whatever their names are. */
export const SECRET_FORMS =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|sk-[\w-]{20,}|hf_\w{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,})|-----BEGIN [A-Z ]*PRIVATE KEY-----.*/gs;
/** `scheme://user:password@host` */
export const URL_PASSWORD = /\b([a-z][a-z\d+.-]{0,30}:\/\/[^\s:/@]{0,256}):[^\s/@]{1,1024}@/gi;
/** `Authorization: Bearer …`, in a header or an argument. */
export const BEARER = /\b(authorization\s*[:=]\s*(?:bearer|basic|token)?\s*)[^\s"']+|\b(bearer\s+)[\w.~+/=-]{8,}/gi;
/** A cheap first test: every text with a secret matches, and few others do. */
export const SUSPICIOUS =
  /pass|pwd|secret|token|cred|key|auth|pat\b|bearer|gh[pousr]_|glpat|xox|AKIA|sk-|hf_|eyJ|PRIVATE|:\/\/[^\s/]*@/i;
