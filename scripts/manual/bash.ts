import { allOptions, type CommandEntry, type OptionEntry, type Values } from "./commands.js";

/** Completion for bash 4, with or without the package bash-completion. */
export function bashCompletion(program: CommandEntry): string {
  const f = `_${program.name.replaceAll("-", "_")}`;
  return `# Completion of ${program.name} for bash. Generated from its table of options; do not edit.

# What can follow a command: sets commands, options, and the kind of its arguments.
_${f}_at() {
  case $1 in
${tables(program, program.name, []).join("\n")}
  *) commands='' options='' argument=any ;;
  esac
}

# What the value of an option is; empty for an option without one.
_${f}_value() {
  case "$1 $2" in
${valueCases(program, program.name, []).join("\n")}
  *) kind='' ;;
  esac
}

_${f}_reply() {
  case $1 in
  file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
  directory) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
  command) mapfile -t COMPREPLY < <(compgen -c -- "$2") ;;
  any) ;;
  *) mapfile -t COMPREPLY < <(compgen -W "\${1#words }" -- "$2") ;;
  esac
}

${f}() {
  local current=\${COMP_WORDS[COMP_CWORD]} at=${program.name} word kind='' commands options argument given=0 only_words='' i
  COMPREPLY=()
  _${f}_at "$at"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Bash makes three words of --option=value.
    if [[ -n $kind ]]; then [[ $word == = ]] || kind=''; continue; fi
    if [[ $word == -- ]]; then only_words=yes
    elif [[ $word == -* && -z $only_words ]]; then _${f}_value "$at" "$word"
    elif [[ $given == 0 && " $commands " == *" $word "* ]]; then at+=" $word"; _${f}_at "$at"
    else given=$((given + 1)); [[ $argument == command ]] && only_words=yes
    fi
  done
  [[ $current == = ]] && current=''
  if [[ -n $kind ]]; then _${f}_reply "$kind" "$current"
  elif [[ $current == -* && -z $only_words ]]; then _${f}_reply "words $options" "$current"
  elif [[ -n $commands && $given == 0 ]]; then _${f}_reply "words $commands" "$current"
  elif [[ $argument == command && $given -gt 0 ]]; then _${f}_reply file "$current"
  else _${f}_reply "$argument" "$current"
  fi
}

complete -F ${f} ${program.name}
`;
}

/** The options that a command takes: its own, those of the commands above it, and those of the command it stands for. */
const optionsAt = (command: CommandEntry, inherited: readonly OptionEntry[]): OptionEntry[] => [
  ...allOptions(command),
  ...(command.byDefault === undefined ? [] : allOptions(command.byDefault)),
  ...inherited,
];

function tables(command: CommandEntry, path: string, inherited: readonly OptionEntry[]): string[] {
  const options = new Set(optionsAt(command, inherited).flatMap(({ flags }) => flags));
  const names = command.commands.map(({ name }) => name).join(" ");
  const [argument] = command.arguments;
  const kind = argument === undefined ? "any" : kindOf(argument.values);
  return [
    `  '${path}') commands='${names}' options='${[...options].join(" ")}' argument='${kind}' ;;`,
    ...command.commands.flatMap((inner) => tables(inner, `${path} ${inner.name}`, below(command, inherited))),
  ];
}

function valueCases(command: CommandEntry, path: string, inherited: readonly OptionEntry[]): string[] {
  const cases = new Map<string, string>();
  for (const { flags, value, values } of optionsAt(command, inherited)) {
    if (value !== undefined) for (const flag of flags) cases.set(flag, kindOf(values));
  }
  return [
    ...Array.from(cases, ([flag, kind]) => `  '${path} ${flag}') kind='${kind}' ;;`),
    ...command.commands.flatMap((inner) => valueCases(inner, `${path} ${inner.name}`, below(command, inherited))),
  ];
}

/** The options that commands below one inherit. The commands of ogrt are tools, which have their own. */
export const below = (command: CommandEntry, inherited: readonly OptionEntry[]): OptionEntry[] =>
  command.name === "ogrt" ? [] : [...allOptions(command).filter(({ flags }) => !isOfProgram(flags)), ...inherited];

/** Options that only the program itself has, or that each command has. */
const isOfProgram = (flags: readonly string[]) =>
  flags.includes("--help") || flags.some((flag) => /version$/.test(flag));

const kindOf = (values: Values): string => (values.kind === "words" ? `words ${values.words.join(" ")}` : values.kind);
