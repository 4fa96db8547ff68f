import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

const share = join(root, "dist/share");
const folder = temporaryFolder();
mkdirSync(join(folder, "tree"));
writeFileSync(join(folder, "two words"), "");

/** What a shell offers for the last word of a line. */
type Complete = (...words: string[]) => string[];

const output = (shell: string, ...args: string[]) => {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: "utf8", cwd: folder, timeout: 60_000 });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
};

/** Bash as readline asks it: through the function that `complete` names, which compopt sees as its own. */
const bash: Complete = (...words) => {
  const file = join(share, "bash-completion/completions", words[0] ?? "");
  const script = `
    source "$1"; shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    compopt() { :; }
    read -r _ _ function _ < <(complete -p "$1")
    "$function" "$1" "\${!#}" "\${*: -2:1}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output("bash", "--norc", "-c", script, "bash", file, ...words);
};

const fish: Complete = (...words) => {
  const file = join(share, "fish/vendor_completions.d", `${words[0]}.fish`);
  const line = words.join(" ");
  const lines = output("fish", "--no-config", "-c", `source ${file}; complete -C '${line}'`);
  return lines.map((line) => line.split("\t")[0] ?? "");
};

/** Zsh on a terminal. */
const zsh: Complete = (...words) => {
  const script = join(root, "test/support/complete.zsh");
  const lines = output("zsh", "-f", script, join(share, "zsh/site-functions"), words.join(" "));
  return [...new Set(lines.flatMap((line) => Array.from(line.matchAll(/match:(.*?):/g), ([, word = ""]) => word)))];
};

const SHELLS = { bash, fish, zsh };

describe.each(Object.entries(SHELLS))("completion of %s", (shell, complete) => {
  const test = it.skipIf(!have(shell));

  test("offers commands, those of groups, and those of ogrt", () => {
    expect(complete("ogrt-query", "aff")).toEqual(["affected"]);
    expect(complete("ogrt-query", "odd", "").sort()).toEqual(
      expect.arrayContaining(["environments", "libraries", "objects"]),
    );
    expect(complete("ogrt", "query", "coverage", "h")).toContain("hosts");
    expect(complete("ogrt", "").sort()).toEqual(["collector", "help", "inspect", "query", "run", "stamp"]);
  });

  test("offers the options of a command, and those of the tool", () => {
    const offered = complete("ogrt-query", "--data", "tree", "job", "--l");
    expect(offered.map((flag) => flag.replace(/=$/, "")).sort()).toEqual(["--levels", "--limit"]);
    expect(complete("ogrt", "stamp", "--linker")).toEqual(["--linker-directory"]);
  });

  test("offers the options of the command that runs by default", () => {
    expect(complete("ogrt-query", "--foll")).toEqual(["--follow"]);
  });

  test("offers the values of an option", () => {
    expect(complete("ogrt-query", "affected", "--by", "").sort()).toEqual([
      "builds",
      "hosts",
      "jobs",
      "processes",
      "users",
    ]);
    expect(complete("ogrt-query", "jobs", "--since", "yes")).toEqual(["yesterday"]);
  });

  test("offers files and directories where they belong", () => {
    expect(complete("ogrt-inspect", "tr").map((name) => name.replace(/\/$/, ""))).toEqual(["tree"]);
    expect(complete("ogrt-stamp", "--register", "t").map((name) => name.replace(/\/$/, ""))).toEqual(["tree"]);
    expect(complete("ogrt-run", "--", "cat", "tr").map((name) => name.replace(/\/$/, ""))).toEqual(["tree"]);
  });
});

it("bash completes the value after an equals sign, and names with spaces", () => {
  expect(bash("ogrt-query", "affected", "--by", "=", "jo")).toEqual(["jobs"]);
  expect(bash("ogrt-inspect", "two")).toEqual(["two words"]);
});
