#!/usr/bin/env bash
# Copies, cuts and pastes between the real window and another program, by the clipboard and by the
# selection that the middle button pastes.
#   tests/evidence/clipboard.sh
. "$(dirname "$0")/lib.sh"
needs Xvfb xdotool xclip

display=:$((90 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 > /dev/null 2>&1 &
cleanups+=("kill $! 2> /dev/null")
export DISPLAY=$display
unset WAYLAND_DISPLAY
sleep 1

open_window
clipboard() { timeout 5 xclip -o -selection clipboard; }
primary() { timeout 5 xclip -o -selection primary; }
put() {
    printf '%s' "$2" | xclip -i -selection "$1" > /dev/null 2>&1
    sleep 0.3
}

put clipboard nothing
keys ctrl+Home shift+ctrl+Right ctrl+c
expect "copied in the article" "“Words" "$(clipboard)"
expect "selected in the article" "“Words" "$(primary)"

# The first word is tagged; in its note.
keys q Escape m
put clipboard "pasted in"
keys ctrl+v
keys ctrl+a ctrl+c
expect "pasted into the note" "pasted in" "$(clipboard)"
put clipboard nothing
keys ctrl+a ctrl+x
expect "cut in the note" "pasted in" "$(clipboard)"
keys Escape

# The field over the list of tags, under the middle button.
keys F6
put primary "by the middle"
for y in 128 132 136 140 144 148; do
    xdotool mousemove 1050 "$y" click 2
    sleep 0.5
    keys ctrl+a ctrl+c
    [ "$(clipboard)" = "by the middle" ] && break
done
expect "pasted with the middle button" "by the middle" "$(clipboard)"
put primary nothing
xdotool type --delay 60 "typed"
keys ctrl+a
expect "selected in a field" "typed" "$(primary)"

[ "$failed" -eq 0 ]
