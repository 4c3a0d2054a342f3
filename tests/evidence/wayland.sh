#!/usr/bin/env bash
# The window in a Wayland session without a screen: the title names the open article, copying and pasting
# reach other programs. Then with a WAYLAND_DISPLAY that is gone: the window opens at DISPLAY.
#   tests/evidence/wayland.sh
. "$(dirname "$0")/lib.sh"
needs sway swaymsg wtype wl-copy wl-paste Xvfb xdotool setpriv

mkdir -p "$work/c" "$work/run"
printf '“Words of the minister,” she said.\n' > "$work/c/a.txt"
cp "$work/c/a.txt" "$work/c/b.txt"
export XDG_RUNTIME_DIR=$work/run SWAYSOCK=$work/run/sway.sock
chmod 700 "$work/run"
chmod 711 "$work"
as=()
# Sway refuses to run as the administrator.
if [ "$(id -u)" -eq 0 ]; then
    chown nobody "$work/run"
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
env -u DISPLAY HOME="$work/run" WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \
    "${as[@]}" sway -c /dev/null > "$work/sway" 2>&1 &
cleanups+=("kill $! 2> /dev/null")
for ((n = 0; n < 50; n++)); do
    [ -S "$work/run/wayland-1" ] && [ -S "$SWAYSOCK" ] && break
    sleep 0.1
done
[ -S "$work/run/wayland-1" ] || not_run "sway does not start: $(tail -n 1 "$work/sway")"
export WAYLAND_DISPLAY=wayland-1

titles() { swaymsg -t get_tree | grep -o '"name": "[^"]*Pullquote"' | cut -d '"' -f 4; }
# The window system forgets a keyboard, and what it had the focus for, as soon as it is gone.
keys() { wtype -s 400 "$@" -s 1500; }
env -u DISPLAY LIBGL_ALWAYS_SOFTWARE=1 "$pullquote" "$work/c" 2> "$work/err" &
window=$!
cleanups+=("kill $window 2> /dev/null")
for ((n = 0; n < 100; n++)); do
    [ -n "$(titles)" ] && break
    sleep 0.2
done
sleep 2
[ -n "$(titles)" ] || not_run "the window does not open: $(cat "$work/err")"
expect "the title" "a.txt — Pullquote" "$(titles)"
keys -M ctrl a -m ctrl
keys -M ctrl c -m ctrl
expect "copied in the article" "“Words of the minister,” she said." "$(timeout 5 wl-paste --no-newline)"
expect "selected in the article" "“Words of the minister,” she said." "$(timeout 5 wl-paste --primary --no-newline)"
keys q
keys m
printf 'Words from elsewhere' | wl-copy --type text/plain
keys -M ctrl v -m ctrl
keys -k Return
sleep 3
expect "pasted into the note" "Words from elsewhere" "$(grep -o 'Words from elsewhere' "$work/c/a.txt.ron")"
keys -M ctrl -k Next -m ctrl
sleep 1
expect "the title of the next article" "b.txt — Pullquote" "$(titles)"
kill "$window"
wait "$window" 2> /dev/null

export DISPLAY=:$((90 + RANDOM % 9)) WAYLAND_DISPLAY=wayland-of-yesterday
Xvfb "$DISPLAY" -screen 0 1280x800x24 > /dev/null 2>&1 &
cleanups+=("kill $! 2> /dev/null")
sleep 1
"$pullquote" --renderer software "$work/c/a.txt" 2> "$work/err" &
cleanups+=("kill $! 2> /dev/null")
id=$(timeout 20 xdotool search --sync --onlyvisible --name Pullquote | head -1)
sleep 1
expect "at DISPLAY where Wayland is gone" "a.txt — Pullquote" "$([ -n "$id" ] && xdotool getwindowname "$id")"
[ "$failed" -eq 0 ]
