/**
 * Names of programs as a table expression `named` (program, software, source). A name comes from the first of these that
 * exists: the name of its signature, the catalogue's name for its build-id or path, its package note, a loaded module whose
 * name occurs in its path, its path.
 */
export const NAMED_PROGRAMS = `
  programs AS (
    SELECT f.id AS program, o.path, o.build_id, o.signatures, f.disk_package
    FROM finding f JOIN object o ON o.id = f.object WHERE f.id IN (FROM process_program)
  ),
  by_signature AS (
    SELECT p.program, min(s.value) AS software FROM (SELECT program, unnest(signatures) AS signature FROM programs) p
      JOIN software s USING (signature) GROUP BY p.program
  ),
  by_catalogue AS (
    SELECT program, min(software) AS software FROM (
      SELECT p.program, c.software FROM programs p JOIN catalogue c ON c.build_id = p.build_id
      UNION ALL SELECT p.program, c.software FROM programs p JOIN catalogue c ON c.path = p.path AND (c.build_id IS NULL OR p.build_id IS NULL)
    ) GROUP BY program
  ),
  module_names AS (
    SELECT DISTINCT value AS module FROM text_list WHERE list IN (SELECT modules FROM process_modules) AND contains(value, '/')
  ),
  by_module AS (
    SELECT p.program, arg_max(m.module, strlen(m.module)) AS software FROM programs p JOIN module_names m
      ON contains(lower(p.path), '/' || lower(m.module) || '/') OR contains(lower(p.path), '/' || replace(lower(m.module), '/', '-') || '/')
    GROUP BY p.program
  ),
  named AS MATERIALIZED (
    SELECT p.program, coalesce(s.software, c.software, p.disk_package, m.software, p.path) AS software,
      CASE WHEN s.software IS NOT NULL THEN 'register' WHEN c.software IS NOT NULL THEN 'catalogue'
        WHEN p.disk_package IS NOT NULL THEN 'package' WHEN m.software IS NOT NULL THEN 'module' ELSE 'path' END AS source
    FROM programs p LEFT JOIN by_signature s USING (program) LEFT JOIN by_catalogue c USING (program) LEFT JOIN by_module m USING (program)
  )`;

/**
 * The programs to name, and the modules to name them by, for {@link NAMED_PROGRAMS}: those of the table expressions `used`,
 * and `per`, which sums it up by program.
 */
export const PROGRAMS_OF_USED = `
  process_program AS (SELECT program FROM per), process_modules AS (SELECT DISTINCT modules FROM used)`;
