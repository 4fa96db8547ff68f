/**
 * A glob as a test on paths: `*` any characters but a slash, `**` any, `?` one, `[a-z]` one of them. A pattern without a
 * slash is tried on the last component, one with a slash on the whole path, from its start or from any slash.
 */
export function globTest(pattern: string): (path: string) => boolean {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? "";
    if (character === "*" && pattern[i + 1] === "*") {
      // `**/` stands for any number of directories, none too.
      source += pattern[i + 2] === "/" ? "(?:.*/)?" : ".*";
      i += pattern[i + 2] === "/" ? 2 : 1;
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "[" && pattern.indexOf("]", i + 2) > 0) {
      const end = pattern.indexOf("]", i + 2);
      const body = pattern
        .slice(i + 1, end)
        .replace(/\\/g, "\\\\")
        .replace(/^!/, "^");
      source += `[${body}]`;
      i = end;
    } else source += character.replace(/[\\^$.|+(){}[\]]/, "\\$&");
  }
  const anchored = pattern.startsWith("/") ? `^${source}$` : `(?:^|/)${source}$`;
  const expression = new RegExp(anchored, "s");
  return (path) => expression.test(path);
}
