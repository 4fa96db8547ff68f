import { allOptions, type CommandEntry, type OptionEntry, type Values } from "./commands.js";

/** Completion for fish. */
export function fishCompletion(program: CommandEntry): string {
  const f = `__${program.name.replaceAll("-", "_")}`;
  const valued = new Set(
    everyCommand(program)
      .flatMap(allOptions)
      .flatMap(({ flags, value }) => (value ? flags : [])),
  );
  return `# Completion of ${program.name} for fish. Generated from its table of options; do not edit.

# The commands before the cursor.
function ${f}_path
    set -l path
    set -l skip no
    for word in (commandline -opc)[2..]
        if test $skip = yes
            set skip no
        else if contains -- $word ${[...valued].join(" ")}
            set skip yes
        else if string match -qr -- '^[a-z]' $word
            set -a path $word
        end
    end
    string join -- ' ' $path
end

# Whether this is the command before the cursor, or one above it.
function ${f}_below
    string match -qr -- "^$argv(\\$| )" (${f}_path | string collect --allow-empty)
end

function ${f}_at
    test (${f}_path | string collect --allow-empty) = "$argv"
end

complete -c ${program.name} -f
${lines(program, program.name, f, []).join("\n")}
`;
}

const everyCommand = (command: CommandEntry): CommandEntry[] => [command, ...command.commands.flatMap(everyCommand)];

function lines(command: CommandEntry, name: string, f: string, path: readonly string[]): string[] {
  const complete = `complete -c ${name}`;
  const here = path.join(" ");
  const isTop = path.length === 0;
  const [argument] = command.arguments;
  // Commands of ogrt are tools, which have options of their own; and what follows a command is that command's.
  const isAlone = command.name === "ogrt" || argument?.values.kind === "command";
  const condition = isAlone ? ` -n '${`${f}_at ${here}`.trim()}'` : isTop ? "" : ` -n '${f}_below ${here}'`;
  return [
    ...allOptions(command).map((option) => `${complete}${condition} ${optionText(option)}`),
    ...(command.byDefault === undefined ? [] : allOptions(command.byDefault)).map(
      (option) => `${complete} -n '${f}_at ${here}' ${optionText(option)}`,
    ),
    ...command.commands.map(({ name, summary }) => `${complete} -n '${f}_at ${here}' -a ${name} -d ${quoted(summary)}`),
    ...(argument === undefined || argument.values.kind === "any"
      ? []
      : [`${complete}${isTop ? "" : ` -n '${f}_below ${here}'`} ${argumentText(argument.values, path.length + 1)}`]),
    ...command.commands.flatMap((inner) => lines(inner, name, f, [...path, inner.name])),
  ];
}

function optionText({ flags, value, values, description }: OptionEntry): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(" ");
  return `${names}${value === undefined ? "" : ` ${valueText(values)}`} -d ${quoted(description)}`;
}

function valueText(values: Values): string {
  switch (values.kind) {
    case "words":
      return `-x -a ${quoted(values.words.join(" "))}`;
    case "file":
      return "-r -F";
    case "directory":
      return "-x -a '(__fish_complete_directories)'";
    default:
      return "-x";
  }
}

/** @param before - words before the first argument. */
const argumentText = (values: Values, before: number): string =>
  values.kind === "command"
    ? `-a '(__fish_complete_subcommand --fcs-skip=${before})'`
    : values.kind === "file"
      ? "-F"
      : valueText(values);

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
