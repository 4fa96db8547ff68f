/* SQL expressions that several statements share. */

/** Columns of `process` that `usage` stores as ids of `name`. */
const NAME_COLUMNS = ["job", "user_name", "host", "library_path", "preload"] as const;

/** The ids of a row's texts, from the tables that {@link joinNames} joins. */
export const NAME_IDS = NAME_COLUMNS.map((column) => `${column}_name.id AS ${column}`).join(", ");

/** Joins the ids of a row's texts. @param names - a table like `name`. @param row - a table with {@link NAME_COLUMNS}. */
export const joinNames = (names: string, row: string): string =>
  NAME_COLUMNS.map((column) => `LEFT JOIN ${names} ${column}_name ON ${column}_name.value = ${row}.${column}`).join(
    "\n",
  );

/** All texts in {@link NAME_COLUMNS} of a table, each once, as a query for `value`. */
export const distinctTexts = (table: string): string =>
  NAME_COLUMNS.map((column) => `SELECT ${column} AS value FROM ${table}`).join(" UNION ");

/** The condition that an id of `name` stands for the text in a parameter. */
export const isNamed = (column: string, parameter: string): string =>
  `${column} = (SELECT id FROM name WHERE value = $${parameter})`;

/** CPU time of an end `e` in milliseconds. A client may claim any number: as DOUBLE, sums do not overflow. */
export const CPU_MS = "greatest(e.user_time, 0)::DOUBLE + greatest(e.system_time, 0)";

/** The distinct values of a column, sorted, limited to a number. */
export const distinctList = (column: string, max: number): string =>
  `list(DISTINCT ${column} ORDER BY ${column})[1:${max}]`;

/** The last component of a path. */
export const fileName = (path: string): string => `regexp_extract(${path}, '[^/]*$')`;

/** The soname of an object `o`, or the file name of one that has none. */
export const SONAME_OR_FILE_NAME = `coalesce(o.soname, ${fileName("o.path")})`;
