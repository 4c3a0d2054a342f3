#!/usr/bin/env bash
# Kills a save at every system call by which it uses the disk, and looks at what is there after: the old
# file or the new one, byte for byte.
#
#   tests/evidence/kill_at_every_call.sh [KIND…]    only these kinds of saves
. "$(dirname "$0")/lib.sh"
needs strace
strace -e trace=none true 2> /dev/null || not_run "strace may not trace here"

# The shell would tell of every kill.
exec 2> /dev/null
points=0 lost=0
[ $# -gt 0 ] && kinds=$*
for bytes in 10000 1000000; do
    prepare "$bytes" || not_run "the documents cannot be made"
    for kind in $kinds; do
        clean_run "$kind" || not_run "a clean save of kind $kind fails"
        mapfile -t counted < <(calls "$kind")
        for line in "${counted[@]}"; do
            read -r call count <<< "$line"
            for ((n = 1; n <= count; n++)); do
                lay_down "$kind"
                mapfile -t words < <(command_of "$kind")
                strace -f -qq -o /dev/null -e "inject=$call:signal=SIGKILL:when=$n" -- "${words[@]}" > /dev/null 2>&1
                points=$((points + 1))
                if [ "$(state "$kind")" = LOST ]; then
                    lost=$((lost + 1))
                    echo "lost: $kind of $bytes bytes killed at $call number $n"
                fi
            done
        done
    done
done
echo "kill_at_every_call: killed at $points calls of a save, $lost files lost"
[ "$lost" -eq 0 ] && [ "$points" -ge 100 ]
