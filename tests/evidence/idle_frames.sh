#!/usr/bin/env bash
# Counts what the window draws while nobody does anything: with the focus, with the pointer over the
# article, and while another program writes a file in the article's folder.
#   SECONDS_EACH=10 tests/evidence/idle_frames.sh
. "$(dirname "$0")/lib.sh"
needs Xvfb xdotool
each=${SECONDS_EACH:-10}

display=:$((90 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 > /dev/null 2>&1 &
cleanups+=("kill $! 2> /dev/null")
export DISPLAY=$display
unset WAYLAND_DISPLAY
sleep 1

mkdir -p "$work/c"
printf '“We do not,” she said.\n\n“Not at all,” he said.\n' > "$work/c/a.txt"
cp "$work/c/a.txt" "$work/c/b.txt"
log=$work/frames.csv
: > "$log"
PULLQUOTE_FRAME_LOG=$log "$pullquote" --renderer software "$work/c" 2> "$work/err" &
window=$!
cleanups+=("kill $window 2> /dev/null")
for ((n = 0; n < 100; n++)); do
    grep -q opened "$log" && break
    sleep 0.1
done
id=$(xdotool search --onlyvisible --name Pullquote | tail -n 1)
[ -n "$id" ] || not_run "the window did not open: $(cat "$work/err")"
xdotool windowfocus "$id"

frames() { wc -l < "$log"; }
# Frames of so many seconds in which nobody does anything, with processor time.
quiet() {
    sleep 2
    local before ticks
    before=$(frames)
    ticks=$(awk '{ print $14 + $15 }' "/proc/$window/stat")
    sleep "$each"
    ticks=$(($(awk '{ print $14 + $15 }' "/proc/$window/stat") - ticks))
    echo "idle frames: $1: $(($(frames) - before)) frames, $((ticks * 10)) ms of processor time in $each s"
}

quiet "with the focus"
xdotool mousemove 400 200
quiet "pointer over the article"
while :; do echo line >> "$work/c/build.log"; sleep 0.005; done &
writer=$!
cleanups+=("kill $writer 2> /dev/null")
quiet "a log is written beside the article"
kill "$writer"
