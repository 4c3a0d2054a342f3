#!/bin/sh
# What each frame of the real window costs, on a virtual display: opening, moving, scrolling, tagging,
# undoing, going far, resizing, zooming, finding.
#
#   cargo build --release && cargo bench --bench pullquote -- write-articles /tmp/articles
#   benches/window.sh target/release/pullquote /tmp/articles [NAME…]
#
# NAME is 2.6kB, 100kB, 1MB, 10MB (the default) or one of the odd ones in the folder. Needs Xvfb,
# xdotool and awk. Prints processor milliseconds of the window's thread a frame (input, drawing,
# tessellation; not the graphics driver) and the memory in use; DISPLAY_NUMBER is the display to take.
set -eu

program=$1
articles=$2
shift 2
[ $# -gt 0 ] || set -- 2.6kB 100kB 1MB 10MB
display=":${DISPLAY_NUMBER:-88}"
work=$(mktemp -d)
Xvfb "$display" -screen 0 1400x1000x24 -nolisten tcp >"$work/xvfb.log" 2>&1 &
server=$!
window=
trap 'kill $window $server 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
export DISPLAY="$display" LIBGL_ALWAYS_SOFTWARE=1 XDG_RUNTIME_DIR="$work"
export PULLQUOTE_STATE_DIR="$work/state" PULLQUOTE_DATA_DIR="$work/data" PULLQUOTE_CONFIG_DIR="$work/config"
sleep 1

lines() { wc -l <"$log"; }

# Until nothing has been drawn for half a second.
rest() {
    still=0
    before=$(lines)
    while [ $still -lt 5 ]; do
        sleep 0.1
        now=$(lines)
        if [ "$now" = "$before" ]; then still=$((still + 1)); else still=0; fi
        before=$now
    done
}

keys() {
    for key in "$@"; do xdotool key --delay 0 "$key"; sleep 0.03; done
}

times() {
    count=$1
    shift
    while [ "$count" -gt 0 ]; do
        "$@"
        count=$((count - 1))
    done
}

# Does something and prints what its frames cost.
measure() {
    action=$1
    shift
    from=$(lines)
    "$@"
    rest
    tail -n "+$((from + 1))" "$log" | awk -F, -v name="$name" -v action="$action" '
        { cost[NR] = $2 + 0 }
        END {
            for (i = 2; i <= NR; i++) { v = cost[i]; for (j = i - 1; j > 0 && cost[j] > v; j--) cost[j + 1] = cost[j]; cost[j + 1] = v }
            if (NR == 0) { printf "%-20s %-12s nothing was drawn\n", name, action; exit }
            printf "%-20s %-12s %5d %8.2f %8.2f %8.2f\n", name, action, NR, cost[int((NR + 1) / 2)], cost[int(NR * 0.95 + 0.999)], cost[NR]
        }'
}

wheel() { times 40 xdotool click --delay 15 5; }
caret() { keys Right Right Right Down Down Up Left Right Right Down Down Right Right Right; }
grow() { keys shift+Right shift+Right shift+Right shift+Right ctrl+shift+Right ctrl+shift+Right e e shift+Down shift+Down; }
pages() { times 60 keys Next; }
ends() { keys ctrl+End ctrl+Home ctrl+End ctrl+Home; }
drag() {
    xdotool mousemove 300 300 mousedown 1
    for step in $(seq 1 30); do xdotool mousemove $((300 + step * 8)) $((300 + step * 6)); sleep 0.02; done
    xdotool mouseup 1
}
# Its own scroll bar is the last thing before the panel at the right.
bar() {
    xdotool mousemove "$1" 130 mousedown 1
    for step in $(seq 1 60); do xdotool mousemove "$1" $((130 + step * 10)); sleep 0.02; done
    xdotool mouseup 1
}
tag() {
    for y in 250 330 410 490 570 650; do
        xdotool mousemove 400 $y click 1
        sleep 0.05
        keys q
        sleep 0.15
    done
}
nudge() { keys bracketright bracketright bracketleft braceleft braceright; }
delete() { keys Delete; }
undo() { times 12 keys ctrl+z; }
far() {
    # The list of tags, nine tenths down; then the tag there.
    bar 1270
    xdotool mousemove 1100 400 click 1
}
resize() { for width in 1200 1100 1000 900 1000 1100 1200 1300 1280; do xdotool windowsize "$id" "$width" 800; sleep 0.1; done; }
zoom() { keys ctrl+equal ctrl+equal ctrl+equal ctrl+minus ctrl+minus ctrl+minus ctrl+0; }
find_words() {
    keys ctrl+f
    for letter in m i n i s t e r; do keys $letter; done
    sleep 0.5
    keys Return Return Return Escape
}
filter() {
    xdotool mousemove 1050 150 click 1
    for letter in w a t e r; do keys $letter; done
    sleep 1
    keys ctrl+a BackSpace Escape
}

printf '%-20s %-12s %5s %8s %8s %8s\n' article action frames p50 p95 max
for name in "$@"; do
    mkdir -p "$work/corpus"
    cp "$articles/$name.txt" "$articles/$name.txt.ron" "$work/corpus/"
    log="$work/$name.csv"
    : >"$log"
    PULLQUOTE_FRAME_LOG="$log" "$program" --renderer software "$work/corpus/$name.txt" 2>"$work/err" &
    window=$!
    until grep -q ';*opened' "$log"; do
        sleep 0.1
        kill -0 $window || { cat "$work/err"; exit 1; }
    done
    rest
    awk -F, -v name="$name" '
        $3 ~ /text|opened/ && !text { text = $1 }
        $3 ~ /opened/ { opened = $1 }
        NR > 1 && $2 + 0 > most { most = $2 + 0 }
        END { printf "%-20s open: text after %d ms, tags after %d ms, worst frame %.2f ms\n", name, text, opened, most }' "$log"
    id=$(xdotool search --onlyvisible --name Pullquote | tail -n 1)
    xdotool windowsize "$id" 1280 800 windowfocus "$id" mousemove 400 300 click 1
    rest
    awk -v name="$name" '/VmRSS|VmHWM/ { printf "%-20s memory: %s %d MB\n", name, $1, $2 / 1024 }' "/proc/$window/status"
    measure caret caret
    measure grow grow
    measure drag drag
    measure wheel wheel
    measure page-down pages
    measure ends ends
    measure scroll-bar bar "${BAR_X:-932}"
    measure tag tag
    measure nudge nudge
    measure delete delete
    measure undo undo
    measure far far
    measure resize resize
    measure zoom zoom
    measure find find_words
    measure filter filter
    awk -v name="$name" '/VmRSS|VmHWM/ { printf "%-20s memory at the end: %s %d MB\n", name, $1, $2 / 1024 }' "/proc/$window/status"
    [ -z "${KEEP:-}" ] || cp "$log" "$KEEP/"
    kill $window
    wait $window 2>/dev/null || true
    window=
    rm -rf "$work/corpus"
done
