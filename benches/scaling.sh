#!/bin/sh
# The scaling table of the README: runs the benchmarks at the four sizes and prints the median of each,
# and with which power of the size it grows from 100 kB to 10 MB.
#
#   benches/scaling.sh            all of them; takes some minutes
#   benches/scaling.sh editing    those whose name holds the word
set -eu

printf '| | 2.6 kB, 40 tags | 100 kB, 1,500 | 1 MB, 15,000 | 10 MB, 100,000 | grows with size to the |\n'
printf '| --- | --- | --- | --- | --- | --- |\n'
cargo bench --quiet --bench pullquote -- "$@" | awk '
    function number(text, unit) {
        if (unit == "ns") return text / 1e6
        if (unit == "µs") return text / 1e3
        if (unit == "ms") return text + 0
        return text * 1e3
    }
    function words(ms) {
        if (ms < 0.001) return sprintf("%.0f ns", ms * 1e6)
        if (ms < 0.1) return sprintf("%.1f µs", ms * 1e3)
        if (ms < 10) return sprintf("%.2f ms", ms)
        return sprintf("%.0f ms", ms)
    }
    {
        line = $0
        depth = match(line, /[├╰]─ /) ? RSTART : 0
        sub(/^.*[├╰]─ /, "", line)
        split(line, part, /[ \t]+/)
        if (part[1] ~ /^(2\.6kB|100kB|1MB|10MB)$/) {
            # Columns: fastest, slowest, median.
            split($0, column, "│")
            count = split($0, cell, /│/)
            split(cell[count - 3], median, /[ \t]+/)
            time[part[1]] = number(median[2], median[3])
            if (part[1] == "10MB") {
                printf "| %s | %s | %s | %s | %s | %.2f |\n", name, words(time["2.6kB"]), words(time["100kB"]), words(time["1MB"]), words(time["10MB"]), log(time["10MB"] / time["100kB"]) / log(100)
            }
        } else if (line != $0) {
            if (depth <= 1) group = part[1]
            name = (depth <= 1) ? group : group ": " part[1]
        }
    }'
