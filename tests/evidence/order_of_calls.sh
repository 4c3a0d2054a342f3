#!/usr/bin/env bash
# The order that power loss needs: all is written to a temporary file, which is synced, then renamed
# over the target, then the folder is synced; the target itself is never written.
. "$(dirname "$0")/lib.sh"
needs strace
strace -e trace=none true 2> /dev/null || not_run "strace may not trace here"

# Reads a trace with paths (strace -y) and judges the order for the target $1; $2 says whether lines
# are appended to it later, as to a journal.
judge() {
    awk -v target="$1" -v appended="${2:-}" '
        function path(line) { match(line, /<[^>]*>/); return substr(line, RSTART + 1, RLENGTH - 2) }
        { sub(/^[0-9]+ +/, "") }
        /^(write|writev|pwrite64)\(/ { p = path($0); if (p == target && !appended) bad = "the target was written in place"
            written[p] = NR }
        /^openat\(/ && index($0, "\"" target "\"") && /O_WRONLY|O_RDWR|O_TRUNC/ && !/O_EXCL/ { bad = "the target was opened for writing" }
        /^fsync\(/ { synced[path($0)] = NR }
        /^rename/ { split($0, part, "\"") }
        /^rename/ && part[4] == target {
            from = part[2]; renamed = NR
            if (!(from in written)) bad = "nothing was written to what was renamed"
            else if (!(from in synced) || synced[from] < written[from]) bad = "it was not synced after the last write"
        }
        END {
            folder = target; sub(/\/[^\/]*$/, "", folder)
            if (!renamed) bad = "nothing was renamed to it"
            else if (!bad && !(synced[folder] > renamed)) bad = "its folder was not synced after the rename"
            if (bad) { print bad; exit 1 }
        }' "$work/trace"
}

paths=0 wrong=0
# What is saved, which file that is, and the command.
try() {
    local what=$1 file=$2
    shift 2
    strace -f -y -qq -o "$work/trace" -e trace=write,writev,pwrite64,openat,fsync,rename,renameat,renameat2 -- "$@" > /dev/null 2>&1
    paths=$((paths + 1))
    reason=$(judge "$(realpath "$file")") || {
        wrong=$((wrong + 1))
        echo "wrong order: $what: $reason"
    }
}

prepare 10000 || not_run "the documents cannot be made"
for kind in sidecar merge export assign suggest carry report exam; do
    lay_down "$kind"
    mapfile -t words < <(command_of "$kind")
    try "$kind" "$(target "$kind")" "${words[@]}"
done
# The article that an import writes.
rm -rf "$work/fresh"
mkdir "$work/fresh"
try article "$work/fresh/a.txt" "$pullquote" import "$work/new.jsonl" --from jsonl --into "$work/fresh"
# A journal with its base, and a copy of an earlier version, from a program that only does that.
tester=${PULLQUOTE_TESTS:-}
if [ -x "$tester" ]; then
    strace -f -y -qq -o "$work/trace" -e trace=write,writev,pwrite64,openat,fsync,fdatasync,rename,renameat,renameat2 -- \
        "$tester" --exact store::journal::tests::a_journal_is_there_while_something_is_unsaved ops::tests::disk::a_damaged_sidecar_is_salvaged_and_put_away_before_it_is_written > /dev/null 2>&1
    while read -r file; do
        paths=$((paths + 1))
        case $file in *.journal) appended=yes ;; *) appended= ;; esac
        reason=$(judge "$file" "$appended") || {
            wrong=$((wrong + 1))
            echo "wrong order: $file: $reason"
        }
    done < <(grep -oE 'rename[a-z0-9]*\(.*' "$work/trace" | grep pullquote.tmp | awk -F'"' '{print $4}' | grep -E 'journal|backups' | sort -u)
else
    echo "order_of_calls: journal and copies not run: set PULLQUOTE_TESTS to the built library tests"
fi
echo "order_of_calls: $paths kinds of save traced, $wrong with calls in the wrong order"
[ "$wrong" -eq 0 ]
