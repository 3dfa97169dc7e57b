#!/usr/bin/env bash
# Measures how quickly evidence is taken in: one file of 1 GiB beside `restic backup` of the same file, and
# 10,000 files of 10 KiB in one command. The argument is the program; everything else happens in a folder of its own.
set -euo pipefail

program=$(realpath "${1:?the program}")
rounds=${ROUNDS:-3}
size=${SIZE_MIB:-1024}
export TILLPROOF_PASSPHRASE=measured RESTIC_PASSWORD=measured

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

head -c "$((size << 20))" /dev/urandom >large.bin
mkdir many
# One file of chance, cut into ten thousand.
head -c "$((10000 * 10240))" /dev/urandom | split -b 10240 -a 4 -d - many/
cat large.bin many/* >/dev/null

# Prints seconds and the peak of memory in MiB.
measure() {
  sync
  local begun ended
  begun=$(date +%s%N)
  /usr/bin/time -o peak -f %M "$@" >/dev/null
  ended=$(date +%s%N)
  echo "$(((ended - begun) / 1000000)) $(($(tail -n 1 peak) / 1024))"
}

median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }

new() {
  rm -f shop.tillproof*
  "$program" new shop.tillproof --name Measured "$@" >/dev/null
}

restic=$(command -v restic || true)
[[ -n $restic ]] || echo "restic is not installed; only Tillproof is measured."
for round in $(seq "$rounds"); do
  if [[ -n $restic ]]; then
    rm -rf repository
    restic init -q --no-cache -r repository
    measure restic backup -q --no-cache -r repository large.bin >>restic
  fi
  new
  measure "$program" attach shop.tillproof gdpr:5.2 large.bin >>encrypted
  new --unencrypted
  measure "$program" attach shop.tillproof gdpr:5.2 large.bin >>plain
  new
  measure "$program" attach shop.tillproof gdpr:5.2 peak >>small
  measure "$program" attach shop.tillproof gdpr:5.2 many >>many-encrypted
done

least=$(cut -d' ' -f2 small | median)
say() { # NAME FILE
  local ms mib
  ms=$(cut -d' ' -f1 "$2" | median)
  mib=$(cut -d' ' -f2 "$2" | median)
  printf '%-34s %6d ms   %4d MiB/s   memory %d MiB (%d more than for a small file)\n' \
    "$1" "$ms" "$((size * 1000 / ms))" "$mib" "$((mib - least))"
}
echo "Median of $rounds rounds, one file of $size MiB of chance:"
[[ -z $restic ]] || say "restic backup" restic
say "attach, encrypted" encrypted
say "attach, not encrypted" plain
if [[ -n $restic ]]; then
  for kind in encrypted plain; do
    printf 'attach (%s) takes %s of the time of restic\n' "$kind" \
      "$(paste <(cut -d' ' -f1 "$kind") <(cut -d' ' -f1 restic) | awk '{ print $1 / $2 }' | median)"
  done
fi
ms=$(cut -d' ' -f1 many-encrypted | median)
mib=$(cut -d' ' -f2 many-encrypted | median)
echo "10,000 files of 10 KiB in one command, encrypted: $ms ms, $((10000 * 1000 / ms)) files/s, memory $mib MiB"
