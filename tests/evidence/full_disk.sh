#!/usr/bin/env bash
# Real disks that cannot take a save: full, read-only, protected, another person's folder. Nothing is
# lost, the reason is reported, and saving works once the cause is gone.
. "$(dirname "$0")/lib.sh"
needs mount setpriv chattr
[ "$(id -u)" -eq 0 ] || not_run "it takes the administrator"

cases=0 lost=0 skipped=""
# One case: name, the word that the message must have, before and after the save; the folder is $work/c.
try() {
    local name=$1 word=$2 runner=${3:-}
    $runner "$pullquote" merge "$work/c/base.ron" "$work/c/ours.ron" "$work/c/new.ron" > /dev/null 2> "$work/said"
    local status=$?
    cases=$((cases + 1))
    if ! cmp -s "$work/c/ours.ron" "$work/old.ron"; then
        lost=$((lost + 1)); echo "$name: the file is not what it was"
    elif [ $status -eq 0 ] || [ $status -eq 1 ]; then
        lost=$((lost + 1)); echo "$name: said to be saved (status $status)"
    elif ! grep -q "$word" "$work/said"; then
        lost=$((lost + 1)); echo "$name: not told: $(cat "$work/said")"
    elif find "$work/c" -name '*.tmp' | grep -q .; then
        lost=$((lost + 1)); echo "$name: something is left behind"
    fi
}
again() {
    "$pullquote" merge "$work/c/base.ron" "$work/c/ours.ron" "$work/c/new.ron" > /dev/null 2>&1
    cmp -s "$work/c/ours.ron" "$work/after.merge" || { lost=$((lost + 1)); echo "$1: trying again does not work"; }
}

prepare 10000 || not_run "the documents cannot be made"
clean_run merge || not_run "a clean save fails"

rm -rf "$work/c"; mkdir "$work/c"
if mount -t tmpfs -o size=1M tmpfs "$work/c" 2> /dev/null; then
    cleanups+=("umount '$work/c' 2> /dev/null")
    cp "$work/old.ron" "$work/c/ours.ron"; cp "$work/base.ron" "$work/new.ron" "$work/c/"
    dd if=/dev/zero of="$work/c/filler" bs=4k > /dev/null 2>&1
    try "full disk" "disk is full"
    rm "$work/c/filler"
    again "full disk"
    umount "$work/c"
else
    skipped="$skipped tmpfs"
fi

lay_down merge
if mount --bind "$work/c" "$work/c" 2> /dev/null && mount -o remount,bind,ro "$work/c" 2> /dev/null; then
    try "read-only disk" "read-only"
    mount -o remount,bind,rw "$work/c"
    again "read-only disk"
    umount "$work/c"
else
    skipped="$skipped read-only-mount"
fi

lay_down merge
if chattr +i "$work/c/ours.ron" 2> /dev/null; then
    try "protected file" "may not write"
    chattr -i "$work/c/ours.ron"
    again "protected file"
else
    skipped="$skipped chattr"
fi

lay_down merge
chmod 755 "$work"; chmod 755 "$work/c"; chmod 666 "$work/c/ours.ron"
if setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$pullquote" 2> /dev/null; then
    try "somebody else's folder" "folder" "setpriv --reuid=65534 --regid=65534 --clear-groups"
    again "somebody else's folder"
else
    skipped="$skipped other-user"
fi

# Of an import and an export: told, and no file of ours is left.
refused() {
    local name=$1 word=$2 status
    shift 2
    "$@" > /dev/null 2> "$work/said"
    status=$?
    cases=$((cases + 1))
    if [ $status -ne 2 ]; then
        lost=$((lost + 1)); echo "$name: status $status"
    elif ! grep -q "$word" "$work/said"; then
        lost=$((lost + 1)); echo "$name: not told: $(cat "$work/said")"
    elif find "$work/c" -name '*.tmp' | grep -q .; then
        lost=$((lost + 1)); echo "$name: something is left behind: $(find "$work/c")"
    fi
}

# In blocks of 1,024 bytes; the documents have 10 kB.
limited() { (ulimit -f 4; "$@"); }
lay_down merge
try "limit for files" "ulimit" limited
again "limit for files"
lay_down import
mkdir -p "$work/c"
refused "import, limit for files" "ulimit" limited \
    "$pullquote" import "$work/three.jsonl" --from jsonl --into "$work/c"
lay_down export
refused "export, limit for files" "ulimit" limited \
    "$pullquote" export "$work/c/a.txt" --to jsonl -o "$work/c/out.jsonl"
rm -rf "$work/c"; mkdir "$work/c"
if mount -t tmpfs -o size=1M tmpfs "$work/c" 2> /dev/null; then
    cp "$work/a.txt" "$work/c/a.txt"; cp "$work/new.ron" "$work/c/a.txt.ron"
    dd if=/dev/zero of="$work/c/filler" bs=4k > /dev/null 2>&1
    refused "import, full disk" "disk is full" \
        "$pullquote" import "$work/three.jsonl" --from jsonl --into "$work/c/into"
    refused "export, full disk" "disk is full" \
        "$pullquote" export "$work/c/a.txt" --to jsonl -o "$work/c/out.jsonl"
    umount "$work/c"
fi

lay_down export
"$pullquote" export "$work/c/a.txt" --to jsonl > /dev/full 2> "$work/said"
status=$?
cases=$((cases + 1))
if [ $status -ne 2 ] || ! [ -s "$work/said" ]; then
    lost=$((lost + 1)); echo "/dev/full: status $status, said: $(cat "$work/said")"
fi

echo "full_disk: $cases disks that refuse a save, $lost files lost or errors not reported${skipped:+; not run:$skipped}"
[ "$lost" -eq 0 ]
