#!/bin/sh
# The scaling table of docs::performance: runs the benchmarks at the four sizes and prints the median of each,
# and with which power of the size it grows from 100 kB to 10 MB.
#
#   benches/scaling.sh            all of them; takes some minutes
#   benches/scaling.sh editing    those whose name holds the word
set -eu

cargo bench --quiet --bench pullquote -- "$@" | awk '
    function number(text, unit) {
        if (unit == "ns") return text / 1e6
        if (unit == "µs") return text / 1e3
        if (unit == "ms") return text + 0
        return text * 1e3
    }
    function words(ms) {
        if (ms == "") return ""
        if (ms < 0.001) return sprintf("%.0f ns", ms * 1e6)
        if (ms < 0.1) return sprintf("%.1f µs", ms * 1e3)
        if (ms < 10) return sprintf("%.2f ms", ms)
        return sprintf("%.0f ms", ms)
    }
    !/(├|╰)─ / { next }
    {
        name = $0
        sub(/^.*(├|╰)─ /, "", name)
        split(name, part, /[ \t]+/)
        name = part[1]
        if (name ~ /^(2\.6kB|100kB|1MB|10MB)$/) {
            # Columns: fastest, slowest, median.
            count = split($0, cell, /│/)
            split(cell[count - 3], median, /[ \t]+/)
            time[bench, name] = number(median[2], median[3])
            next
        }
        if ($0 ~ /^(├|╰)─ /) { group = name; next }
        bench = group ": " name
        gsub(/_/, " ", bench)
        benches[++found] = bench
    }
    END {
        print "| | 2.6 kB, 40 tags | 100 kB, 1,500 | 1 MB, 15,000 | 10 MB, 100,000 | grows with size to the |"
        print "| --- | --- | --- | --- | --- | --- |"
        for (n = 1; n <= found; n++) {
            bench = benches[n]
            small = time[bench, "100kB"]
            large = time[bench, "10MB"]
            power = (small > 0 && large > 0) ? sprintf("%.2f", log(large / small) / log(100)) : ""
            printf "| %s | %s | %s | %s | %s | %s |\n", bench, words(time[bench, "2.6kB"]), words(small), words(time[bench, "1MB"]), words(large), power
        }
    }'
