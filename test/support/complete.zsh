# Prints the words that zsh offers for the last word of a line, on a terminal of zsh/zpty.
#   zsh -f complete.zsh DIRECTORY LINE    DIRECTORY has the completion functions
zmodload zsh/zpty
export TERM=dumb
zpty shell zsh -f -i

# Reads what the terminal shows, up to a text.
read_until() {
  local text all=
  while zpty -r shell text; do
    all+=$text
    [[ $all == *$1* ]] && break
  done
  print -r -- $all
}

site=$1
setup=$(mktemp)
trap 'rm -f $setup' EXIT
cat >$setup <<'SETUP'
autoload -Uz compinit && compinit -u -D
compadd() {
  # Completion functions ask compadd(zshcompwid) for arrays with -O, -A and -D; what remains are matches.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a found
  builtin compadd -A found "$@"
  print -rl -- "match:"${^found}":"
  builtin compadd "$@"
}
zstyle ':completion:*' list-max 1000
bindkey '^I' complete-word
# The terminal edits lines from here on.
zle-line-init() { print READY }
zle -N zle-line-init
PROMPT= RPROMPT=
SETUP
zpty -w shell "fpath=($site \$fpath); source $setup"
read_until READY >/dev/null
# The line is thrown away, so that it is not run.
zpty -w -n shell "$2"$'\t\C-u'"print DON''E"$'\n'
read_until DONE
zpty -d shell
