#!/usr/bin/env bash
# File dialogs on a desktop without a portal: title, folder and name as the window asks for them.
#   tests/evidence/file_dialogs.sh
. "$(dirname "$0")/lib.sh"
needs Xvfb xdotool zenity

display=:$((90 + RANDOM % 9))
Xvfb "$display" -screen 0 1280x800x24 > /dev/null 2>&1 &
cleanups+=("kill $! 2> /dev/null")
export DISPLAY=$display
# No session bus, so no portal.
export XDG_RUNTIME_DIR=$work DBUS_SESSION_BUS_ADDRESS=unix:path=$work/no-bus
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP
sleep 1

cd / || exit 1
open_window
dialogs() { xdotool search --onlyvisible --name "— Pullquote$" | grep -vx "$id"; }
# The argument behind the option $1 of the dialog that is shown.
option() { tr "\\0" "\\n" < "/proc/$(pgrep -P "$window" -x zenity | head -1)/cmdline" | grep -A 1 -x -e "$1" | tail -n 1; }
leave() {
    pkill -P "$window" -x zenity
    sleep 1
    xdotool windowfocus "$id"
}

keys ctrl+o
sleep 2
expect "title of the dialog" "Open file — Pullquote" "$(xdotool getwindowname "$(dialogs)")"
expect "its folder" "$work/c/" "$(option --filename)"
xdotool windowfocus "$id"
keys ctrl+o
expect "dialogs at one time" 1 "$(dialogs | wc -l)"
leave
keys ctrl+shift+o
sleep 2
expect "title of the dialog for folders" "Open folder — Pullquote" "$(xdotool getwindowname "$(dialogs)")"
expect "its folder" "$work/c/" "$(option --filename)"
leave
[ "$failed" -eq 0 ]
