import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";
import { createSecureContext, type SecureContextOptions, type SecureVersion, type Server } from "node:tls";
import { OgrtError } from "../../errors.js";

/** PEM files; `certificate` has the server's certificate first, then the intermediate ones. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Interval between checks for changed files. */
const CHECK_INTERVAL_MS = 5000;
/** Time between a change and the reload, in which the other file is written too. */
const RELOAD_DELAY_MS = 1000;
/** Size of a PEM file; a certificate chain has about ten thousand bytes. */
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * The certificate and key of the HTTP server. It reloads them when their files change; open connections keep the old
 * ones.
 */
export class Certificate {
  readonly #files: TlsFiles;
  readonly #onProblem: (sentence: string) => void;
  readonly #minVersion: SecureVersion;
  #current: { context: SecureContextOptions; leaf: X509Certificate };
  #server: Server | undefined;
  #reloadTimer: NodeJS.Timeout | undefined;

  /** @throws {@link OgrtError} TLS_UNUSABLE, naming the file. */
  constructor(files: TlsFiles, onProblem: (sentence: string) => void, minVersion: SecureVersion = "TLSv1.2") {
    this.#files = files;
    this.#onProblem = onProblem;
    this.#minVersion = minVersion;
    this.#current = readTls(files, minVersion);
    this.#warnIfExpired();
  }

  get context(): SecureContextOptions {
    return this.#current.context;
  }

  /** The server's own certificate. */
  get leaf(): X509Certificate {
    return this.#current.leaf;
  }

  /** Updates a server whenever the files change. */
  serve(server: Server): void {
    this.#server = server;
    for (const path of Object.values(this.#files)) {
      watchFile(path, { interval: CHECK_INTERVAL_MS, persistent: false }, () => {
        clearTimeout(this.#reloadTimer);
        this.#reloadTimer = setTimeout(() => this.reload(), RELOAD_DELAY_MS).unref();
      });
    }
  }

  /** Reports files that cannot be used, and keeps the certificate and key from before. */
  reload(): void {
    try {
      this.#current = readTls(this.#files, this.#minVersion);
      this.#server?.setSecureContext(this.#current.context);
      this.#warnIfExpired();
    } catch (error) {
      this.#onProblem(`the previous certificate stays in use: ${(error as Error).message}`);
    }
  }

  /** An expired certificate does not prevent the start: clients refuse it, but the collector still receives reports. */
  #warnIfExpired(): void {
    const expiry = new Date(this.leaf.validTo);
    if (expiry.getTime() > Date.now()) return;
    this.#onProblem(`the certificate in ${this.#files.certificate} expired on ${expiry.toISOString()}`);
  }

  close(): void {
    clearTimeout(this.#reloadTimer);
    for (const path of Object.values(this.#files)) unwatchFile(path);
  }
}

function readTls(
  { certificate, key }: TlsFiles,
  minVersion: SecureVersion,
): { context: SecureContextOptions; leaf: X509Certificate } {
  const cert = readPem(certificate, "certificate");
  const leaf = attempt(certificate, () => new X509Certificate(cert));
  const secret = readPem(key, "key");
  const privateKey = attempt(key, () => createPrivateKey(secret));
  if (!leaf.checkPrivateKey(privateKey)) throw unusable(key, `is not the key of the certificate in ${certificate}`);
  const context = { cert, key: secret, minVersion };
  attempt(certificate, () => createSecureContext(context));
  return { context, leaf };
}

function readPem(path: string, what: "certificate" | "key"): Buffer {
  const bytes = attempt(path, () => {
    const status = statSync(path);
    if (!status.isFile()) throw new Error("is not a regular file");
    if (status.size > MAX_FILE_BYTES) throw new Error(`has more than ${MAX_FILE_BYTES} bytes`);
    // A group may read it: Debian gives services access to keys with the group ssl-cert.
    const isOpenToAll = (status.mode & 0o007) !== 0;
    if (what === "key" && isOpenToAll) throw new Error("every user of this machine can read or change it");
    return readFileSync(path);
  });
  const marker = what === "certificate" ? "-----BEGIN CERTIFICATE-----" : "PRIVATE KEY-----";
  if (!bytes.includes(marker)) throw unusable(path, `contains no ${what} in PEM format`);
  return bytes;
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unusable(path, (cause as Error).message, cause);
  }
}

function unusable(path: string, sentence: string, cause?: unknown): OgrtError {
  return new OgrtError("TLS_UNUSABLE", sentence, { path, cause });
}
