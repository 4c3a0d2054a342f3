#!/usr/bin/env bash
# Lets each call of a save that touches the disk fail in turn with each error: the old file or the new
# one is there, and a failed save is reported.
#
#   tests/evidence/refuse_every_call.sh [KIND…]    only these kinds of saves
. "$(dirname "$0")/lib.sh"
needs strace
strace -e trace=none true 2> /dev/null || not_run "strace may not trace here"

errors="write:ENOSPC write:EIO write:EDQUOT fsync:EIO fsync:ENOSPC rename:EACCES rename:EIO
rename:EROFS openat:EACCES openat:EMFILE openat:EROFS openat:ENOSPC openat:EDQUOT fchmod:EPERM
fchown:EPERM mkdir:EACCES mkdir:ENOSPC ftruncate:EIO"
injections=0 lost=0 silent=0
prepare 10000 || not_run "the documents cannot be made"
[ $# -gt 0 ] && kinds=$*
for kind in $kinds; do
    clean_run "$kind" || not_run "a clean save of kind $kind fails"
    mapfile -t counted < <(calls "$kind")
    for error in $errors; do
        name=${error%%:*}
        for line in "${counted[@]}"; do
            read -r call count <<< "$line"
            [ "$call" = "$name" ] || continue
            for ((n = 1; n <= count; n++)); do
                lay_down "$kind"
                mapfile -t words < <(command_of "$kind")
                strace -f -qq -o /dev/null -e "inject=$call:error=${error##*:}:when=$n" -- "${words[@]}" > "$work/said" 2>&1
                status=$?
                now=$(state "$kind")
                injections=$((injections + 1))
                if [ "$kind" = export ] && [ "$now" = LOST ] && [ $status -ne 0 ] && [ -s "$work/said" ] && [ ! -s "$(target export)" ]; then
                    # What cannot be read is left out of an export, and reported.
                    now=told
                fi
                if [ "$now" = LOST ]; then
                    lost=$((lost + 1))
                    echo "lost: $kind, $call number $n refused with ${error##*:}"
                elif [ "$now" = old ] && { [ $status -eq 0 ] || [ ! -s "$work/said" ]; }; then
                    silent=$((silent + 1))
                    echo "not told: $kind, $call number $n refused with ${error##*:} (status $status)"
                elif [ "$now" = old ]; then
                    # Trying again works.
                    "${words[@]}" > /dev/null 2>&1
                    if [ "$(state "$kind")" != new ]; then
                        lost=$((lost + 1))
                        echo "no second try: $kind, $call number $n refused with ${error##*:}"
                    fi
                fi
            done
        done
    done
done
echo "refuse_every_call: $injections calls refused by the disk, $lost files lost, $silent errors not reported"
[ "$lost" -eq 0 ] && [ "$silent" -eq 0 ] && [ "$injections" -ge 50 ]
