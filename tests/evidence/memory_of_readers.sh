#!/usr/bin/env bash
# How much memory each reader takes for inputs of 18 MB, as a table. The goal is at most 8 times the input
# and 100 MB; of a container its contents count. The inputs are those of `cargo bench --bench readers`, which is built first unless READERS names it.
#
#   tests/evidence/memory_of_readers.sh [BYTES [WORD]]    other sizes; only readers with the word
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs /usr/bin/time awk

bytes=${1:-18000000}
word=${2:-}
write=(cargo bench --quiet --locked --bench readers --)
[ -n "${READERS:-}" ] && write=("$READERS")
"${write[@]}" write "$work/inputs" "$bytes" "$word" > "$work/list" \
    || not_run "the inputs cannot be written"

echo "| reader | shape | input | memory | goal | seconds |"
echo "| --- | --- | --- | --- | --- | --- |"
above=0
while IFS=$'\t' read -r reader folder file; do
    cd "$folder" || continue
    case $reader in
        sidecar | facts)
            [ -e a.txt ] || echo "He said yes and no." > a.txt
            command=(check .)
            ;;
        assignments)
            echo "He said yes and no." > a.txt
            command=(list .)
            ;;
        schema)
            echo "He said yes and no." > a.txt
            command=(check .)
            ;;
        *) command=(import --from "$reader" --into "$work/out" --dry-run "$file") ;;
    esac
    # A reader that takes much too long is a failure of its own.
    /usr/bin/time -f '%M %e' -o "$work/time" timeout 120 "$pullquote" "${command[@]}" > /dev/null 2>&1
    size=$(cat ./* | wc -c)
    # Of a container counts what is in it.
    case $file in
        *.qdpx | *.docx | *.odt | *.epub | *.zip)
            unpacked=$(unzip -Zt "$file" 2> /dev/null | awk '{print $3}')
            [ "${unpacked:-0}" -gt "$size" ] && size=$unpacked
            ;;
    esac
    tail -1 "$work/time" | awk -v reader="$reader" -v shape="${folder##*+}" -v size="$size" '{
        goal = 8 * size / 1e6 + 100
        memory = $1 * 1024 / 1e6
        printf "| %s | %s | %.1f MB | %.0f MB | %.0f MB | %s |%s\n", reader, shape, size / 1e6, memory, goal, $2, \
            (memory > goal ? " above" : "")
        exit memory > goal
    }' || above=$((above + 1))
    cd "$work" && rm -rf "$folder"
done < "$work/list"
echo
echo "above the goal: $above"
