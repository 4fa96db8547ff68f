import packageFile from "../../package.json" with { type: "json" };
import { bashCompletion } from "./bash.js";
import { programs } from "./commands.js";
import { fishCompletion } from "./fish.js";
import { manPage } from "./man-page.js";
import { zshCompletion } from "./zsh.js";

/** Man pages and completion of all tools: the files below a directory `share`, where systems look for them. */
export async function manualFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const program of await programs()) {
    const { name } = program;
    files.set(`man/man1/${name}.1`, manPage(program, packageFile.version));
    files.set(`bash-completion/completions/${name}`, bashCompletion(program));
    files.set(`zsh/site-functions/_${name}`, zshCompletion(program));
    files.set(`fish/vendor_completions.d/${name}.fish`, fishCompletion(program));
  }
  return files;
}
