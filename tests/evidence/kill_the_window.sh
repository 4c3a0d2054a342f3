#!/usr/bin/env bash
# Kills the window at a random moment while someone tags one quote after another, again and again,
# and checks that everything done a second before is there at the next start.
#   KILLS=500 tests/evidence/kill_the_window.sh
. "$(dirname "$0")/lib.sh"
needs Xvfb xdotool
kills=${KILLS:-50}

display=:$((90 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 > /dev/null 2>&1 &
cleanups+=("kill $! 2> /dev/null")
export DISPLAY=$display
unset WAYLAND_DISPLAY
sleep 1
exec 2> /dev/null

# Milliseconds.
now() { date +%s%3N; }

idle=0 done_before=0 lost=0 unreadable=0 steps=0
for ((n = 1; n <= kills; n++)); do
    rm -rf "$work/c" "$work/state"
    mkdir -p "$work/c" "$work/state"
    for ((line = 1; line <= 60; line++)); do
        printf '“Words of number %d,” she said.\n\n' "$line"
    done > "$work/c/a.txt"
    "$pullquote" --renderer software "$work/c/a.txt" > /dev/null 2>&1 &
    window=$!
    id=$(timeout 20 xdotool search --sync --onlyvisible --name Pullquote | head -1) || continue
    xdotool windowfocus "$id"
    # Until the first key is felt the window has done nothing that could be lost.
    xdotool key Right Right Right
    for ((wait = 0; wait < 20; wait++)); do
        xdotool windowfocus "$id" key q
        sleep 0.3
        [ -n "$(find "$work/state/journal" "$work/c/a.txt.ron" -type f)" ] && break
    done
    if [ "$wait" -eq 20 ]; then
        kill -9 "$window"
        idle=$((idle + 1))
        continue
    fi
    # From a place within the first quote: tag it, go on two lines.
    (
        xdotool key Escape Down Down
        for ((line = 1; line <= 60; line++)); do
            xdotool key q Escape Down Down
            now >> "$work/pressed"
        done
    ) &
    hands=$!
    sleep "$((RANDOM % 4)).$((RANDOM % 1000))"
    kill -9 "$window"
    killed=$(now)
    kill "$hands"
    wait "$window" "$hands"
    expected=$(awk -v killed="$killed" '$1 < killed - 1000' "$work/pressed" | wc -l)
    rm -f "$work/pressed"
    "$pullquote" recover "$work/c" --write > /dev/null 2>&1
    # With nothing tagged there need be no sidecar.
    found=0
    if [ -e "$work/c/a.txt.ron" ]; then
        "$pullquote" check "$work/c" > /dev/null 2>&1 || unreadable=$((unreadable + 1))
        found=$(grep -c 'label: "quote"' "$work/c/a.txt.ron")
    fi
    steps=$((steps + found))
    done_before=$((done_before + expected))
    if [ "$found" -lt "$expected" ]; then
        lost=$((lost + expected - found))
        echo "kill $n: $expected quotes a second before, $found after"
    fi
done
echo "kill_the_window: $((kills - idle)) kills ($idle windows took no keys), $unreadable sidecars unreadable, $done_before quotes tagged a second before, $steps found again, $lost lost"
[ "$lost" -eq 0 ] && [ "$unreadable" -eq 0 ] && [ "$done_before" -gt 0 ]
