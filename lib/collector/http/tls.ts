import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";
import { createSecureContext, type SecureContextOptions, type Server } from "node:tls";
import { OgrtError } from "../../errors.js";

/** PEM files; `certificate` has the server's own first, then those between it and the authority. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** How often it is looked whether the files have changed, in milliseconds. */
const LOOK_EVERY = 5000;
/** They are two, and not written at the same moment. */
const SETTLE = 1000;
/** Bytes of either file: chains have some ten thousand. */
const SIZE_LIMIT = 1024 * 1024;

/** The certificate and key of the HTTP server, read again when their files change. Connections go on with what they began with. */
export class Certificate {
  readonly #files: TlsFiles;
  readonly #onProblem: (sentence: string) => void;
  #current: { context: SecureContextOptions; leaf: X509Certificate };
  #server: Server | undefined;
  #settling: NodeJS.Timeout | undefined;

  /** @throws {@link OgrtError} TLS_UNUSABLE, naming the file. */
  constructor(files: TlsFiles, onProblem: (sentence: string) => void) {
    this.#files = files;
    this.#onProblem = onProblem;
    this.#current = readTls(files);
    this.#warnOfEnd();
  }

  get context(): SecureContextOptions {
    return this.#current.context;
  }

  /** The server's own certificate, as PEM. */
  get leaf(): X509Certificate {
    return this.#current.leaf;
  }

  /** Gives a server the new ones whenever the files change. */
  serve(server: Server): void {
    this.#server = server;
    for (const path of Object.values(this.#files)) {
      watchFile(path, { interval: LOOK_EVERY, persistent: false }, () => {
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => this.reload(), SETTLE).unref();
      });
    }
  }

  /** What cannot be used is told, and what was there before stays. */
  reload(): void {
    try {
      this.#current = readTls(this.#files);
      this.#server?.setSecureContext(this.#current.context);
      this.#warnOfEnd();
    } catch (error) {
      this.#onProblem(`the certificate stays as it was: ${(error as Error).message}`);
    }
  }

  /** No reason not to start: clients refuse it, but reports are received. */
  #warnOfEnd(): void {
    const ends = new Date(this.leaf.validTo);
    if (ends.getTime() > Date.now()) return;
    this.#onProblem(`the certificate in ${this.#files.certificate} was valid until ${ends.toISOString()} only`);
  }

  close(): void {
    clearTimeout(this.#settling);
    for (const path of Object.values(this.#files)) unwatchFile(path);
  }
}

function readTls({ certificate, key }: TlsFiles): { context: SecureContextOptions; leaf: X509Certificate } {
  const cert = readPem(certificate, "certificate");
  const leaf = attempt(certificate, () => new X509Certificate(cert));
  const secret = readPem(key, "key");
  const privateKey: KeyObject = attempt(key, () => createPrivateKey(secret));
  if (!leaf.checkPrivateKey(privateKey)) throw unusable(key, `is not the key of the certificate in ${certificate}`);
  const context = { cert, key: secret, minVersion: "TLSv1.2" } as const;
  attempt(certificate, () => createSecureContext(context));
  return { context, leaf };
}

function readPem(path: string, what: "certificate" | "key"): Buffer {
  const bytes = attempt(path, () => {
    const status = statSync(path);
    if (!status.isFile()) throw new Error("is no regular file");
    if (status.size > SIZE_LIMIT) throw new Error(`has more than ${SIZE_LIMIT} bytes`);
    // Groups may: that is how Debian gives keys to services (ssl-cert).
    if (what === "key" && (status.mode & 0o007) !== 0)
      throw new Error("everybody on this machine may read or change it");
    return readFileSync(path);
  });
  const mark = what === "certificate" ? "-----BEGIN CERTIFICATE-----" : "PRIVATE KEY-----";
  if (!bytes.includes(mark)) throw unusable(path, `holds no ${what} in PEM`);
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
