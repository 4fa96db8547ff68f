#!/bin/sh
# Runs @TOOL@ from the directory of this file with Node.js 20.19 or later: the one that OGRT_NODE names, else the one in
# node/ beside bin/, else the one in node/ beside the release, which upgrades leave alone, else the host's.
self=$(readlink -f -- "$0") || exit 3
home=${self%/bin/*}
node=${OGRT_NODE-}
for directory in "$home/node" "${home%/*}/node"; do
  [ -n "$node" ] || { [ -x "$directory/bin/node" ] && node=$directory/bin/node; }
done
node=${node:-node}

version=$("$node" --version 2>/dev/null) || {
  echo "@TOOL@: needs Node.js 20.19 or later, but $node does not run; unpack a release of nodejs.org as ${home%/*}/node, or set OGRT_NODE" >&2
  exit 3
}
case $version in
  v1[0-9].* | v[0-9].* | v20.[0-9].* | v20.1[0-8].*)
    echo "@TOOL@: needs Node.js 20.19 or later, but $node is $version; unpack a release of nodejs.org as ${home%/*}/node, or set OGRT_NODE" >&2
    exit 3
    ;;
esac
exec "$node" "$home/share/ogrt/dist/bin/@TOOL@.js" "$@"
