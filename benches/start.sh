#!/bin/sh
# How long it takes from the start of the program to its visible window on software rendering, on a
# virtual display, beside an empty window of the toolkit with the same features.
#
#   cargo build --release
#   benches/start.sh target/release/pullquote [ARTICLE…]
#
# Without an article the sample is opened. Each is started RUNS times (11), one after the other in turn;
# prints the fastest and the median, in milliseconds, of the clock and of the processor. Needs Xvfb, xev and
# cargo; DISPLAY_NUMBER is the display to take.
set -eu

program=$1
shift
runs=${RUNS:-11}
display=":${DISPLAY_NUMBER:-87}"
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
window=
server=
trap 'kill $window $server 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM

# The empty window, with the crates this repository has locked.
mkdir -p "$work/empty/src"
cp "$here/Cargo.lock" "$work/empty/"
{
    printf '[package]\nname = "empty-window"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n'
    grep -E '^(eframe|egui|winit) = ' "$here/Cargo.toml" | sed 's/, optional = true//; s/#.*//'
    printf '\n[profile.release]\nlto = "thin"\nstrip = "symbols"\n'
} >"$work/empty/Cargo.toml"
cat >"$work/empty/src/main.rs" <<'RUST'
struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {}
}

fn main() -> eframe::Result {
    let mut options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    options.glow_options.hardware_acceleration = eframe::egui_glow::HardwareAcceleration::Off;
    eframe::run_native("Empty window", options, Box::new(|_| Ok(Box::new(Empty))))
}
RUST
target=${CARGO_TARGET_DIR:-$here/target}
(cd "$work/empty" && CARGO_TARGET_DIR="$target" cargo build --quiet --release)
empty="$target/release/empty-window"

Xvfb "$display" -screen 0 1400x1000x24 -nolisten tcp >"$work/xvfb.log" 2>&1 &
server=$!
export DISPLAY="$display" LIBGL_ALWAYS_SOFTWARE=1 XDG_RUNTIME_DIR="$work"
export PULLQUOTE_STATE_DIR="$work/state" PULLQUOTE_DATA_DIR="$work/data" PULLQUOTE_CONFIG_DIR="$work/config"
unset WAYLAND_DISPLAY WAYLAND_SOCKET
mkfifo "$work/events"
sleep 1

now() { echo $(($(date +%s%N) / 1000000)); }

# Starts a program and adds how long it took to a file, and the processor time of its own thread until then
# to another, which other programs on the machine change less.
start() {
    file=$1
    shift
    xev -root -event substructure >"$work/events" &
    watcher=$!
    exec 3<"$work/events"
    sleep 0.2
    begun=$(now)
    "$@" >"$work/out" 2>&1 &
    window=$!
    timeout 60 grep -q -m 1 '^MapNotify' <&3 || { cat "$work/out"; exit 1; }
    echo $(($(now) - begun)) >>"$file"
    awk '{ printf "%d\n", $1 / 1e6 }' "/proc/$window/schedstat" >>"$file.processor"
    exec 3<&-
    kill "$watcher"
    wait "$watcher" 2>/dev/null || true
    sleep 0.3
    kill "$window"
    wait "$window" 2>/dev/null || true
    window=
}

[ $# -gt 0 ] || set -- ''
run=0
while [ $run -le "$runs" ]; do
    start "$work/times.empty" "$empty"
    n=0
    for article in "$@"; do
        n=$((n + 1))
        rm -rf "$work/state" "$work/data" "$work/config"
        start "$work/times.$n" "$program" --renderer software ${article:+"$article"}
    done
    # The first run only brings the files into memory.
    [ $run -gt 0 ] || rm -f "$work"/times.*
    run=$((run + 1))
done

row() {
    sort -n "$1" | awk -v name="$2" -v base="$base" '
        { time[NR] = $1 }
        END {
            median = time[int((NR + 1) / 2)]
            printf "%-28s %6d %6d", name, time[1], median
            if (base > 0) printf "   %.2f times", median / base
            printf "\n"
        }'
}

for kind in '' .processor; do
    printf '%-28s %6s %6s\n' "visible after (ms${kind:+ of the processor})" least median
    base=0
    row "$work/times.empty$kind" 'an empty window'
    base=$(sort -n "$work/times.empty$kind" | awk '{ time[NR] = $1 } END { print time[int((NR + 1) / 2)] }')
    n=0
    for article in "$@"; do
        n=$((n + 1))
        name=${article##*/}
        row "$work/times.$n$kind" "${name:-the sample}"
    done
done
