import type { Document } from "../document.js";

/*
 * The `_bulk` request of Elasticsearch and OpenSearch: lines of actions and documents, and an answer with a status for
 * each document.
 */

/** A document that the server did not accept. */
export interface Refusal {
  readonly document: Document;
  readonly status: number;
  readonly reason: string;
}

export interface BulkOutcome {
  /** Refused for now, to be sent again. */
  readonly later: readonly Refusal[];
  /** Refused permanently. */
  readonly never: readonly Refusal[];
}

/** Only `create` is allowed on data streams. The id turns a duplicate into a conflict. */
export function bulkBody(documents: readonly Document[]): string {
  return documents
    .map(({ id, received, text }) => `{"create":{"_id":"${id}"}}\n{"@timestamp":"${received}",${text.slice(1)}\n`)
    .join("");
}

/**
 * Sorts the refused documents of an answer.
 *
 * @throws Error if it is not an answer to a bulk request.
 */
export function readBulkAnswer(documents: readonly Document[], body: string): BulkOutcome {
  const items = itemsOf(body);
  if (items?.length !== documents.length) {
    throw new Error("the answer is not one to a bulk request; is Elasticsearch or OpenSearch at this URL?");
  }
  const later: Refusal[] = [];
  const never: Refusal[] = [];
  for (const [index, document] of documents.entries()) {
    const { status, error } = items[index]?.create ?? {};
    if (typeof status !== "number") throw new Error("the answer lacks the status of a document");
    // 409: the document exists already.
    if ((status >= 200 && status < 300) || status === 409) continue;
    const reason = [error?.type, error?.reason].filter((part) => typeof part === "string").join(": ");
    const refusal = { document, status, reason: reason.slice(0, 1000) };
    // 400 concerns the document, which does not fit the mapping. Others concern the server, its load or permissions.
    if (status === 400) never.push(refusal);
    else later.push(refusal);
  }
  return { later, never };
}

interface Item {
  readonly create?: {
    readonly status?: unknown;
    readonly error?: { readonly type?: unknown; readonly reason?: unknown };
  };
}

function itemsOf(body: string): readonly Item[] | undefined {
  try {
    const { items } = JSON.parse(body) as { items?: unknown };
    return Array.isArray(items) ? items : undefined;
  } catch {
    return undefined;
  }
}
