import { gunzipSync } from "node:zlib";
import { type BudgetedSource, partOfSource, toSource } from "../elf/index.js";
import { inflateZstd } from "../elf/zstd/inflate-zstd.js";
import { OgrtError } from "../errors.js";
import type { ModuleCompression } from "./sniff.js";

/** Charges bytes before there is memory for them. */
type Charge = (bytes: number) => void;

/**
 * The inflated content of a compressed kernel module, with the budget of the file, which pays for its bytes as stored and as
 * inflated.
 *
 * @throws `OgrtError` MALFORMED_ELF for damaged data, LIMIT_EXCEEDED, or UNSUPPORTED_COMPRESSION for xz where the optional
 * package that inflates it is missing.
 */
export async function inflateModule(source: BudgetedSource, compression: ModuleCompression): Promise<BudgetedSource> {
  const { path, size, budget } = source;
  const charge: Charge = (bytes) => budget.inflating(bytes, source, 0);
  charge(size);
  const stored = source.read(0, size);
  const bytes =
    compression === "xz"
      ? await unxz(stored, charge, path)
      : compression === "gzip"
        ? gunzip(stored, budget.inflatableBytes, charge)
        : inflateZstd(stored, Number.POSITIVE_INFINITY, charge);
  if (bytes !== undefined) {
    return { ...partOfSource(toSource(bytes), 0, bytes.length, path), budget };
  }
  const sentence = `kernel module compressed with ${compression}: damaged, or in a way that no module is`;
  throw new OgrtError("MALFORMED_ELF", sentence, { path, offset: 0, value: size });
}

function gunzip(stored: Uint8Array, maxOutputLength: number, charge: Charge): Uint8Array | undefined {
  let bytes: Uint8Array;
  try {
    bytes = gunzipSync(stored, { maxOutputLength });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") charge(maxOutputLength + 1);
    return undefined;
  }
  charge(bytes.length);
  return bytes;
}

/** Asynchronous, because the decoder is. It bounds the memory for its dictionary itself. */
async function unxz(stored: Uint8Array, charge: Charge, path: string | undefined): Promise<Uint8Array | undefined> {
  const loaded = await import("xz-decompress").catch((cause: unknown) => {
    const sentence = "kernel module compressed with xz, which is not read without the package xz-decompress";
    throw new OgrtError("UNSUPPORTED_COMPRESSION", sentence, { path, cause });
  });
  // Node.js finds no names in a bundle of webpack.
  const { XzReadableStream } = loaded.default;
  const parts: Uint8Array[] = [];
  const input = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(stored);
      controller.close();
    },
  });
  const inflated = new XzReadableStream(input);
  try {
    // Leaving the loop cancels the stream, which frees the decoder.
    for await (const part of inflated) {
      charge(part.length);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof OgrtError) throw error;
    return undefined;
  }
  return Buffer.concat(parts);
}
