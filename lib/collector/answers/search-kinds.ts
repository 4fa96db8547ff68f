import type { Answer } from "../../client/index.js";
import { NAMED_PROGRAMS, PROGRAMS_OF_USED } from "./programs.js";

/*
 * The kinds of things that a search finds, in the order in which it answers them. A kind is a query for `name`, `cluster`,
 * `processes` and `last_use`, one row for each name that the search means; NULL where a kind does not tell.
 */

export type SearchKindName = Answer<"search">["kinds"][number]["kind"];

export interface SearchKind {
  /** Whether a text may mean such a thing; any text by default. @param word - in lower case. */
  readonly mayMean?: (word: string) => boolean;
  readonly sql: string;
}

/** The condition that a name contains the text, or matches it as a glob. */
const isFound = (name: string) => `lower(${name}) LIKE $pattern ESCAPE '\\'`;
/** The condition that an identifier begins with the text. */
const begins = (id: string) => `starts_with(${id}, $word)`;

const USE = "sum(u.processes)::BIGINT AS processes, max(u.last_use) AS last_use";
/** Shorter beginnings of identifiers are found in too many. */
const isBeginningOfId = (word: string) => /^[0-9a-f]{4}[0-9a-f-]*$/.test(word);
const isUuid = (word: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word);
/** Objects are not counted: that would read all lists of objects for each letter that is typed. */
const WITHOUT_USE = "NULL::VARCHAR AS cluster, NULL::BIGINT AS processes, NULL::TIMESTAMP_NS AS last_use";

export const SEARCH_KINDS: Readonly<Record<SearchKindName, SearchKind>> = {
  software: {
    sql: `
      WITH used AS (FROM daily_usage),
      per AS MATERIALIZED (
        SELECT program, sum(processes) AS processes, max(last_use) AS last_use FROM used GROUP BY program
      ),
      ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}
      SELECT n.software AS name, NULL::VARCHAR AS cluster, ${USE} FROM named n JOIN per u USING (program)
      WHERE n.source <> 'path' AND ${isFound("n.software")} GROUP BY n.software`,
  },
  user: {
    sql: `
      SELECT n.value AS name, NULL::VARCHAR AS cluster, ${USE} FROM name n JOIN daily_usage u ON u.user_name = n.id
      WHERE ${isFound("n.value")} GROUP BY n.value`,
  },
  job: {
    sql: `
      SELECT j.name, j.cluster, u.processes, u.last_use FROM job_identity j JOIN job_usage u ON u.job = j.id
      WHERE ${isFound("j.name")}`,
  },
  host: {
    sql: `
      SELECT n.value AS name, c.value AS cluster, ${USE}
      FROM name n JOIN usage u ON u.host = n.id LEFT JOIN name c ON c.id = u.cluster
      WHERE ${isFound("n.value")} GROUP BY n.value, c.value`,
  },
  module: {
    sql: `
      WITH loaded AS (SELECT modules, ${USE} FROM daily_usage u WHERE modules <> 0 GROUP BY modules)
      SELECT t.value AS name, NULL::VARCHAR AS cluster, ${USE} FROM text_list t JOIN loaded u ON u.modules = t.list
      WHERE ${isFound("t.value")} GROUP BY t.value`,
  },
  library: {
    sql: `SELECT DISTINCT soname AS name, ${WITHOUT_USE} FROM object WHERE ${isFound("soname")}`,
  },
  path: {
    sql: `SELECT DISTINCT path AS name, ${WITHOUT_USE} FROM object WHERE ${isFound("path")}`,
  },
  signature: {
    mayMean: isBeginningOfId,
    sql: `
      SELECT DISTINCT signature AS name, ${WITHOUT_USE} FROM (SELECT unnest(signatures) AS signature FROM object)
      WHERE ${begins("signature")}`,
  },
  buildId: {
    mayMean: isBeginningOfId,
    sql: `SELECT DISTINCT build_id AS name, ${WITHOUT_USE} FROM object WHERE ${begins("build_id")}`,
  },
  process: {
    mayMean: isUuid,
    sql: `
      SELECT uuid::VARCHAR AS name, cluster, 1::BIGINT AS processes, started AS last_use FROM process
      WHERE uuid = try_cast($word AS UUID)`,
  },
};
