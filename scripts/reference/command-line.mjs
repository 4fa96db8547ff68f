// The reference of the command line: what --help of each tool and each of its commands prints.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const TOOLS = ["ogrt", "ogrt-stamp", "ogrt-inspect", "ogrt-run", "ogrt-collector", "ogrt-query"];
/** Sections of --help that list something other than commands. */
const OTHER_SECTIONS = /^(?:Usage|Arguments|Options|Examples?)\b/;
/** A command in a list of commands: two spaces and its name. */
const COMMAND = /^ {2}([a-z][\w-]*)(?: |$)/gm;

/** @param bundle - bundles a source and hands the path of the result to a function. */
export async function printCommandLine(_root, bundle) {
  const texts = [];
  for (const tool of TOOLS) {
    texts.push(await bundle(`bin/${tool}.ts`, (path) => printCommand(path, [tool])));
  }
  return texts.join("");
}

async function printCommand(path, words) {
  const text = await help(path, words.slice(1));
  const heading = `${"#".repeat(words.length + 1)} ${words.join(" ")}`;
  const sections = text.split(/\n\n(?=\S.*:\n)/).filter((section) => !OTHER_SECTIONS.test(section));
  // The commands of ogrt are the other tools.
  const isOther = words[0] === "ogrt";
  const names = isOther ? [] : sections.flatMap((section) => Array.from(section.matchAll(COMMAND), ([, name]) => name));
  const inner = await Promise.all(
    names.filter((name) => name !== "help").map((name) => printCommand(path, [...words, name])),
  );
  return `\n${heading}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n${inner.join("")}`;
}

async function help(path, words) {
  const env = { PATH: process.env.PATH, HOME: "/home/USER", NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...words, "--help"], { env });
  return stdout;
}
