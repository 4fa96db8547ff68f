import type { Answer } from "../../client/index.js";
import { likePattern } from "../../shared/glob.js";
import { jsonRows } from "../database/rows.js";
import type { Counted } from "./pagination.js";
import type { Context, Question } from "./question.js";
import { SEARCH_KINDS, type SearchKind, type SearchKindName } from "./search-kinds.js";
import { EVER } from "./span.js";

/** Names of each kind that an answer has, unless the request says otherwise. */
const DEFAULT_NAMES = 5;

type Found = Answer<"search">["kinds"][number];

/** What is named like a text, whatever it is. Names that are the text come first, then those that begin with it. */
export const search: Question<"search"> = async (context, { text, limit = DEFAULT_NAMES }) => {
  const word = text.trim().toLowerCase();
  const kinds: Found[] = [];
  for (const [kind, description] of Object.entries(SEARCH_KINDS)) {
    if (word === "" || description.mayMean?.(word) === false) continue;
    const found = await namesOf(context, description, word, limit);
    const count = found[0]?.rowCount ?? 0;
    const names = found.map(({ rowCount: _, ...name }) => name);
    if (count > 0) kinds.push({ kind: kind as SearchKindName, count, names });
  }
  const notes = kinds.length > 0 ? [] : ["no name, path or identifier of a stored process contains this text"];
  return { covers: EVER, notes, kinds };
};

function namesOf({ connection }: Context, { sql }: SearchKind, word: string, limit: number) {
  const pattern = likePattern(/[*?]/.test(word) ? word : `*${word}*`);
  return jsonRows<Counted<Found["names"][number]>>(
    connection,
    `SELECT name, cluster, processes, last_use AS lastUse, count(*) OVER () AS rowCount FROM (${sql})
    ORDER BY lower(name) = $word DESC, starts_with(lower(name), $word) DESC, last_use DESC NULLS LAST, name, cluster
    LIMIT $limit`,
    { word, pattern, limit },
  );
}
