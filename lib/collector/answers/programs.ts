/**
 * Names of programs as a table expression `named` (program, software, source). A name comes from the first of these that
 * exists: the name of its signature, the catalogue's name for its build-id or path, its package note, a loaded module whose
 * name occurs in its path, its path. For the module, each run of directories in a path (`runs`) is looked up among the names
 * of modules: comparing each path with each name took most of the time where users have many programs.
 */
export const NAMED_PROGRAMS = `
  programs AS (
    SELECT f.id AS program, o.path, o.build_id, o.signatures, f.disk_package
    FROM finding f JOIN object o ON o.id = f.object WHERE f.id IN (FROM process_program)
  ),
  by_signature AS (
    SELECT p.program, min({'is_catalogued': s.is_catalogued, 'software': s.value}) AS found
    FROM (SELECT program, unnest(signatures) AS signature FROM programs) p JOIN names.software s USING (signature)
    GROUP BY p.program
  ),
  by_catalogue AS (
    SELECT program, min(software) AS software FROM (
      SELECT p.program, c.software FROM programs p JOIN names.catalogue c ON c.build_id = p.build_id
      UNION ALL SELECT p.program, c.software FROM programs p JOIN names.catalogue c ON c.path = p.path AND (c.build_id IS NULL OR p.build_id IS NULL)
    ) GROUP BY program
  ),
  module_names AS (
    SELECT DISTINCT value AS module FROM text_list WHERE list IN (SELECT modules FROM process_modules) AND contains(value, '/')
  ),
  module_keys AS (
    SELECT module, lower(module) AS key, len(string_split(module, '/')) AS parts FROM module_names
    UNION SELECT module, replace(lower(module), '/', '-'), 1 FROM module_names
  ),
  directories AS (SELECT program, string_split(lower(path), '/') AS names FROM programs),
  runs AS (
    SELECT program, parts, names, unnest(range(2, len(names) - parts + 1)) AS place
    FROM directories, (SELECT DISTINCT parts FROM module_keys)
  ),
  by_module AS (
    SELECT r.program, arg_max(m.module, strlen(m.module)) AS software
    FROM (SELECT program, parts, array_to_string(names[place:place + parts - 1], '/') AS key FROM runs) r
      JOIN module_keys m USING (key, parts)
    GROUP BY r.program
  ),
  named AS MATERIALIZED (
    SELECT p.program, coalesce(s.found.software, c.software, p.disk_package, m.software, p.path) AS software,
      CASE WHEN NOT s.found.is_catalogued THEN 'register' WHEN coalesce(s.found.software, c.software) IS NOT NULL THEN 'catalogue'
        WHEN p.disk_package IS NOT NULL THEN 'package' WHEN m.software IS NOT NULL THEN 'module' ELSE 'path' END AS source
    FROM programs p LEFT JOIN by_signature s USING (program) LEFT JOIN by_catalogue c USING (program) LEFT JOIN by_module m USING (program)
  )`;

/**
 * The programs to name, and the modules to name them by, for {@link NAMED_PROGRAMS}: those of the table expressions `used`,
 * and `per`, which sums it up by program.
 */
export const PROGRAMS_OF_USED = `
  process_program AS (SELECT program FROM per), process_modules AS (SELECT DISTINCT modules FROM used)`;

/**
 * The condition that a name of software is `$value`, a pattern of LIKE, in any version. A version follows the name after a
 * space, or as in the names of modules after a slash.
 */
export const isSoftware = (name: string): string =>
  `(${name} LIKE $value ESCAPE '\\' OR ${name} LIKE $value || ' %' ESCAPE '\\' OR ${name} LIKE $value || '/%' ESCAPE '\\')`;

/** A query for the findings on files that are known as software: programs by {@link NAMED_PROGRAMS}, and any other file. */
export const FINDINGS_OF_SOFTWARE = `
  WITH used AS (FROM daily_usage), per AS MATERIALIZED (SELECT DISTINCT program FROM used), ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}
  SELECT program FROM named WHERE ${isSoftware("software")}
  UNION SELECT f.id FROM finding f WHERE ${isSoftware("f.disk_package")}
  UNION SELECT f.id FROM finding f JOIN object o ON o.id = f.object JOIN names.catalogue c ON c.build_id = o.build_id
    WHERE ${isSoftware("c.software")}
  UNION SELECT f.id FROM finding f JOIN (SELECT id, unnest(signatures) AS signature FROM object) o ON o.id = f.object
    JOIN names.software s USING (signature) WHERE ${isSoftware("s.value")}`;
