#!/bin/bash
# Runs in a container that systemd has booted: runs /exchange/NNN.sh one after the other, each as a person would in a new
# shell, until one fails. Writes what each printed to NNN.out, and its exit code to NNN.status.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_PAGER=cat TERM=dumb
ip address add 10.0.0.5/32 dev lo
ip link set lo up

# A person types the next command when the collector is up.
ready() {
  for _ in $(seq 1500); do
    [ "$(systemctl is-active ogrt-collector)" = active ] || return
    pid=$(systemctl show ogrt-collector --property MainPID --value)
    [ "$(jq .pid /var/lib/ogrt/collector.json 2>/dev/null)" = "$pid" ] && return
    sleep 0.2
  done
}

for script in /exchange/[0-9]*.sh; do
  command=(bash -euo pipefail "$script")
  # Login links go to terminals only.
  grep -q ' login$' "$script" && command=(script --quiet --return --command "bash -euo pipefail $script" /dev/null)
  timeout 600 "${command[@]}" </dev/null >"${script%.sh}.out" 2>&1
  status=$?
  echo "$status" >"${script%.sh}.status"
  [ "$status" = 0 ] || break
  ready
done
journalctl --no-pager --lines 200 >/exchange/journal 2>&1
systemctl poweroff --force
