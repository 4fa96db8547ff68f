import { below } from "./bash.js";
import { type ArgumentEntry, allOptions, type CommandEntry, type OptionEntry, type Values } from "./commands.js";

/** Completion for zsh. */
export function zshCompletion(program: CommandEntry): string {
  const name = functionName(program.name);
  return `#compdef ${program.name}
# Generated from the table of options of ${program.name}; do not edit.

${functions(program, name, []).join("\n")}
${name} "$@"
`;
}

const functionName = (path: string) => `_${path.replaceAll(/[^a-z0-9]/g, "_")}`;

function functions(command: CommandEntry, name: string, inherited: readonly OptionEntry[]): string[] {
  const more = command.byDefault === undefined ? [] : allOptions(command.byDefault);
  const seen = new Set<string>();
  const specs = [...allOptions(command), ...more, ...inherited].flatMap((option) => {
    const isKnown = option.flags.some((flag) => seen.has(flag));
    for (const flag of option.flags) seen.add(flag);
    return isKnown ? [] : [optionSpec(option)];
  });
  const inner = command.commands.filter(({ name }) => name !== "help");
  if (inner.length === 0) {
    const all = [...specs, ...command.arguments.map(argumentSpec)];
    return [`${name}() {\n  _arguments -s -S ${all.map((spec) => `\\\n    ${spec}`).join(" ")}\n}\n`];
  }
  const described = command.commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`);
  const cases = inner.map((one) => `      ${one.name}) ${name}_${functionName(one.name).slice(1)} ;;`);
  return [
    `${name}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C -s -S ${specs.map((spec) => `\\\n    ${spec}`).join(" ")} \\
    '1: :->command' '*:: :->arguments' && return
  case $state in
    command)
      local -a commands=(
${described.join("\n")}
      )
      _describe -t commands command commands
      ;;
    arguments)
      case $line[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}
`,
    ...inner.flatMap((one) => functions(one, `${name}_${functionName(one.name).slice(1)}`, below(command, inherited))),
  ];
}

function optionSpec({ flags, value, values, isRepeatable, description }: OptionEntry): string {
  const meaning = `[${description.replaceAll(/[\\[\]]/g, "\\$&")}]`;
  const action = value === undefined ? "" : `:${label(value)}:${actionOf(values)}`;
  const written = flags.map((flag) => (value !== undefined && flag.startsWith("--") ? `${flag}=` : flag));
  const prefix = isRepeatable ? "*" : flags.length > 1 ? `(${flags.join(" ")})` : "";
  const names = written.length > 1 ? `{${written.map((flag) => `'${flag}'`).join(",")}}` : "";
  return names === ""
    ? quoted(`${prefix}${written[0]}${meaning}${action}`)
    : `${quoted(prefix)}${names}${quoted(`${meaning}${action}`)}`;
}

function argumentSpec({ name, values, isRepeatable }: ArgumentEntry): string {
  // After -S, "--" is the first of the words.
  if (values.kind === "command")
    return "'*::command:{ [[ $words[1] == -- ]] && shift words && ((CURRENT--)); _normal }'";
  return quoted(`${isRepeatable ? "*" : ""}:${label(name)}:${actionOf(values)}`);
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case "words":
      return `(${values.words.join(" ")})`;
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    default:
      return " ";
  }
}

const label = (name: string) => name.replaceAll(":", "\\:");
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
