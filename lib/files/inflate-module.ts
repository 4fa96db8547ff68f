import { gunzipSync } from "node:zlib";
import { partOfSource, type Source, toSource } from "../elf/index.js";
import { inflateZstd } from "../elf/zstd/inflate-zstd.js";
import { OgrtError } from "../errors.js";
import type { ModuleCompression } from "./sniff.js";

/** Bytes of one kernel module, as stored and as inflated. The largest of distributions have some 30 MiB. */
const MAX_MODULE_BYTES = 64 << 20;

/**
 * The inflated content of a compressed kernel module.
 *
 * @throws `OgrtError` UNSUPPORTED_COMPRESSION for xz, MALFORMED_ELF for damaged data or more than 64 MiB.
 */
export function inflateModule(source: Source, compression: ModuleCompression): Source {
  const { path, size } = source;
  if (compression === "xz") {
    throw new OgrtError("UNSUPPORTED_COMPRESSION", "kernel module compressed with xz, which is not read", { path });
  }
  const inflate = compression === "gzip" ? gunzip : inflateZstd;
  const bytes = size > MAX_MODULE_BYTES ? undefined : inflate(source.read(0, size), MAX_MODULE_BYTES);
  if (bytes !== undefined) return partOfSource(toSource(bytes), 0, bytes.length, path);
  const sentence = `kernel module compressed with ${compression}: damaged, or larger than ${MAX_MODULE_BYTES} bytes`;
  throw new OgrtError("MALFORMED_ELF", sentence, { path, offset: 0, value: size });
}

function gunzip(bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch {
    return undefined;
  }
}
