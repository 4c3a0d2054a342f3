#!/usr/bin/env bash
# Two programs save to one sidecar at the same moment, again and again: each either has its tags there
# afterwards or has said that it wrote nothing. The same for assignments.
#   ROUNDS=200 tests/evidence/two_processes.sh
. "$(dirname "$0")/lib.sh"
needs
rounds=${ROUNDS:-100}

for n in 0 1; do
    start=$((n * 4))
    printf '{"id":"a.txt","text":"one two three","spans":[{"id":"q%d","label":"quote","start":%d,"end":%d,"by":""}],"links":[]}\n' \
        "$n" "$start" "$((start + 3))" > "$work/$n.jsonl"
done

lost=0 refused=0 both=0
for ((round = 1; round <= rounds; round++)); do
    rm -rf "$work/c"
    mkdir -p "$work/c"
    printf 'one two three' > "$work/c/a.txt"
    for n in 0 1; do
        ("$pullquote" import "$work/$n.jsonl" --from jsonl --into "$work/c" > /dev/null 2>&1; echo $? > "$work/status$n") &
    done
    wait
    wrote=0
    for n in 0 1; do
        if [ "$(cat "$work/status$n")" -eq 0 ]; then
            wrote=$((wrote + 1))
            grep -q "id: \"q$n\"" "$work/c/a.txt.ron" || lost=$((lost + 1))
        else
            refused=$((refused + 1))
        fi
    done
    [ "$wrote" -eq 2 ] && both=$((both + 1))
done
# The same for the list of who is to tag what.
for ((round = 1; round <= rounds; round++)); do
    rm -rf "$work/c"
    mkdir -p "$work/c"
    printf 'one two three' > "$work/c/a.txt"
    for n in ann ben; do
        ("$pullquote" assign --to "$n" "$work/c" > /dev/null 2>&1; echo $? > "$work/status$n") &
    done
    wait
    for n in ann ben; do
        if [ "$(cat "$work/status$n")" -ne 0 ]; then
            refused=$((refused + 1))
        else
            grep -q "\"$n\"" "$work/c/pullquote.assignments.ron" || lost=$((lost + 1))
        fi
    done
done
echo "two_processes: two programs saved one sidecar and one list of assignments $rounds times each; one was refused $refused times, both wrote $both times; $lost records lost"
[ "$lost" -eq 0 ]
