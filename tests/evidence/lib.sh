# Common to the scripts beside it: where the program is, what a run works on, and what is lost.
# Sourced, not run.

set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
pullquote=${PULLQUOTE:-}
if [ -z "$pullquote" ]; then
    for built in release debug; do
        candidate="${CARGO_TARGET_DIR:-$here/../../target}/$built/pullquote"
        [ -x "$candidate" ] && pullquote=$candidate && break
    done
fi

# Says why there is no figure, and ends.
not_run() {
    echo "$(basename "$0" .sh): not run: $1"
    exit 0
}

needs() {
    for tool in "$@"; do
        command -v "$tool" > /dev/null || not_run "$tool is not installed"
    done
    [ -x "$pullquote" ] || not_run "the program is not built; build it or set PULLQUOTE"
}

work=$(mktemp -d)
cleanups=()
clean_up() {
    for cleanup in "${cleanups[@]:-}"; do
        [ -n "$cleanup" ] && eval "$cleanup"
    done
    rm -rf "$work"
}
trap clean_up EXIT
export PULLQUOTE_STATE_DIR=$work/state
export PULLQUOTE_DATA_DIR=$work/data

failed=0
# Of what, what is expected, and what there is.
expect() {
    if [ "$2" = "$3" ]; then
        echo "$1: ok"
    else
        echo "$1: FAILED: expected '$2', there is '$3'"
        failed=1
    fi
}

# Keys in the window that has the focus.
keys() { xdotool key --delay 60 "$@"; sleep 0.5; }

# Opens a window on an article, 1280 points wide, with the focus: its process is $window, its id $id.
open_window() {
    mkdir -p "$work/c"
    printf '“Words of the minister,” she said.\n' > "$work/c/a.txt"
    "$pullquote" --renderer software "$work/c/a.txt" > /dev/null 2>&1 &
    window=$!
    cleanups+=("kill $window 2> /dev/null")
    id=$(timeout 20 xdotool search --sync --onlyvisible --name Pullquote | head -1) || not_run "no window came up"
    xdotool windowsize "$id" 1280 800 windowfocus "$id"
    sleep 2
}

# One document of about $1 bytes, whose tag has the note $2, as a line of JSON.
row() {
    local filler
    filler=$(printf '%*s' "$1" '' | tr ' ' 'n')
    printf '{"id":"a.txt","text":"He said yes. He said no.","spans":[{"id":"q","label":"quote","start":8,"end":11,"by":"","note":"%s %s"}],"links":[]}\n' "$2" "$filler"
}

# The kinds of saves: what is there before (lay_down), one save (command_of), and the file that is
# replaced (target). Imports write several files; what counts is all of them together.
kinds="sidecar merge export import fix document update assign table carry suggest exam report"

writes_several() {
    case $1 in import | document | update | table) return 0 ;; *) return 1 ;; esac
}

# A web page about the words $1, of about $2 bytes.
page() {
    local filler
    filler=$(printf '%*s' $(($2 / 100)) '' | sed 's/ /<p>The baker said on Monday that the loaves would rise in the afternoon, and nobody in the shop asked.<\/p>/g')
    printf '<html><head><title>Bread</title><meta property="article:published_time" content="2024-05-01"></head><body><article><h1>Bread</h1><p>The baker %s on Monday that bread would rise by two cents a loaf next year.</p>%s</article></body></html>' "$1" "$filler"
}

lay_down() {
    rm -rf "$work/c" "$work/state"
    mkdir -p "$work/c" "$work/state"
    case $1 in
        sidecar) cp "$work/a.txt" "$work/c/a.txt" ;;
        merge) cp "$work/old.ron" "$work/c/ours.ron"; cp "$work/base.ron" "$work/new.ron" "$work/c/" ;;
        export) cp "$work/a.txt" "$work/c/a.txt"; cp "$work/new.ron" "$work/c/a.txt.ron"; echo old > "$work/c/out.jsonl" ;;
        import | document | table) ;;
        carry | suggest) cp "$work/wire.txt" "$work/c/w.txt"; cp "$work/wire.txt" "$work/c/x.txt"; cp "$work/wire.ron" "$work/c/w.txt.ron" ;;
        exam) cp "$work/project.ron" "$work/c/pullquote.ron"; cp "$work/guide.md" "$work/c/" ;;
        report) cp "$work/a.txt" "$work/c/a.txt"; cp "$work/new.ron" "$work/c/a.txt.ron"; echo old > "$work/c/out.html" ;;
        update) cp -r "$work/old-page/." "$work/c/" ;;
        assign) cp "$work/a.txt" "$work/c/a.txt"
            printf '(\n    version: 1,\n    assignments: {\n        "a.txt": ["ann"],\n    },\n)\n' > "$work/c/pullquote.assignments.ron" ;;
        # A record in the list of another kind: that can be fixed, and nothing is left to tell.
        fix) cp "$work/a.txt" "$work/c/a.txt"
            sed '/^    annotations: \[/a (id: "p", name: "Anna"),' "$work/new.ron" > "$work/c/a.txt.ron" ;;
    esac
}

target() {
    case $1 in
        sidecar | fix) echo "$work/c/a.txt.ron" ;;
        merge) echo "$work/c/ours.ron" ;;
        export) echo "$work/c/out.jsonl" ;;
        import | document | update | table) echo "$work/c/list" ;;
        carry) echo "$work/c/x.txt.ron" ;;
        suggest) echo "$work/c/w.txt.ben.ron" ;;
        exam) echo "$work/c/.pullquote/exam/ben.txt" ;;
        report) echo "$work/c/out.html" ;;
        assign) echo "$work/c/pullquote.assignments.ron" ;;
    esac
}

# The command of one save, a word a line.
command_of() {
    case $1 in
        sidecar) printf '%s\n' "$pullquote" import "$work/new.jsonl" --from jsonl --into "$work/c" ;;
        merge) printf '%s\n' "$pullquote" merge "$work/c/base.ron" "$work/c/ours.ron" "$work/c/new.ron" ;;
        export) printf '%s\n' "$pullquote" export "$work/c/a.txt" --to jsonl -o "$work/c/out.jsonl" ;;
        import) printf '%s\n' "$pullquote" import "$work/three.jsonl" --from jsonl --into "$work/c" ;;
        fix) printf '%s\n' "$pullquote" check --fix "$work/c" ;;
        document | update) printf '%s\n' "$pullquote" import "$work/page.html" --update --into "$work/c" ;;
        assign) printf '%s\n' "$pullquote" assign --to ben "$work/c" ;;
        table) printf '%s\n' "$pullquote" import "$work/table.csv" --from article-table --into "$work/c" ;;
        carry) printf '%s\n' "$pullquote" carry "$work/c/w.txt" --write ;;
        suggest) printf '%s\n' "$pullquote" suggest --write --as ben "$work/c/w.txt" ;;
        exam) printf '%s\n' "$pullquote" exam --write ben "$work/c" ;;
        report) printf '%s\n' "$pullquote" stats "$work/c" --report "$work/c/out.html" ;;
    esac
}

# Prepares documents of $1 bytes: an article, and its sidecar before and after.
prepare() {
    rm -rf "$work/c" "$work/state" "$work/made"
    mkdir -p "$work/state"
    row "$1" base > "$work/base.jsonl"
    row "$1" mine > "$work/old.jsonl"
    row "$1" base | sed 's/"label":"quote"/"label":"claim"/' > "$work/new.jsonl"
    { row "$1" base; row 10 base | sed 's|"a.txt"|"sub/b.txt"|'; row 10 base | sed 's|"a.txt"|"c.txt"|'; } > "$work/three.jsonl"
    page told "$1" > "$work/page.html"
    rm -rf "$work/old-page"
    "$pullquote" import "$work/page.html" --into "$work/old-page" > /dev/null 2>&1 || return 1
    page said "$1" > "$work/page.html"
    prepare_wire || return 1
    for version in base old new; do
        rm -rf "$work/made"
        "$pullquote" import "$work/$version.jsonl" --from jsonl --into "$work/made" > /dev/null 2>&1 || return 1
        cp "$work/made/a.txt.ron" "$work/$version.ron"
        cp "$work/made/a.txt" "$work/a.txt"
    done
}

# An article of a wire service with a tag, a project with an exam, and a table of articles.
prepare_wire() {
    local words said
    said='The harbour master said that “the ferries sail again on Monday,” and everybody in the town was glad.'
    words="$said It rained, and the wind blew from the west until the evening, when the boats came home with their nets. $said"
    printf '{"id":"w.txt","text":"%s","spans":[{"id":"q","label":"quote","start":29,"end":64,"by":""}],"links":[]}\n' "$words" > "$work/wire.jsonl"
    rm -rf "$work/made"
    "$pullquote" import "$work/wire.jsonl" --from jsonl --into "$work/made" > /dev/null 2>&1 || return 1
    cp "$work/made/w.txt" "$work/wire.txt"
    cp "$work/made/w.txt.ron" "$work/wire.ron"
    sed '0,/^(/s//(\n    guidelines: "guide.md",/' "$here/../../assets/schema.ron" > "$work/project.ron"
    printf '# Guide\n\n```exam\n<quote form=direct speaker=#s>“Yes,”</quote> <speaker #s>she</speaker> said.\n```\n' > "$work/guide.md"
    printf 'id,headline,date,shelf,text\n1,Bread,2010-05-04,a,Bread rose.\n2,Rain,2011,b,It rained.\n3,Ferry,2012,,It sails.\n' > "$work/table.csv"
}

# What a clean save of kind $1 gives, kept as the file to compare with.
clean_run() {
    lay_down "$1"
    mapfile -t words < <(command_of "$1")
    "${words[@]}" > /dev/null 2>&1
    local status=$?
    writes_several "$1" && list_files
    cp "$(target "$1")" "$work/after.$1" || return 1
    lay_down "$1"
    writes_several "$1" && list_files
    if [ -e "$(target "$1")" ]; then cp "$(target "$1")" "$work/before.$1"; else rm -f "$work/before.$1"; fi
    return $status
}

# All files with their sums; there is no list where there are none.
list_files() {
    rm -f "$work/c/list"
    local sums
    sums=$(cd "$work/c" && find . -type f -exec sha256sum {} + | sort -k 2)
    [ -z "$sums" ] || echo "$sums" > "$work/c/list"
}

# `old`, `new` or `LOST`: what the file of kind $1 is now. Also the article must be as it was.
state() {
    local file
    file=$(target "$1")
    if writes_several "$1"; then
        # What a killed one leaves is finished or removed by the next run.
        "$pullquote" check --fix "$work/c" > /dev/null 2>&1
        list_files
    fi
    if [ -e "$work/c/a.txt" ] && ! cmp -s "$work/c/a.txt" "$work/a.txt"; then
        echo LOST
    elif [ ! -e "$file" ]; then
        if [ -e "$work/before.$1" ]; then echo LOST; else echo old; fi
    elif cmp -s "$file" "$work/after.$1"; then
        echo new
    elif [ -e "$work/before.$1" ] && cmp -s "$file" "$work/before.$1"; then
        echo old
    else
        echo LOST
    fi
}

# The system calls by which kind $1 uses the disk in a clean run, as `CALL COUNT` lines.
calls() {
    lay_down "$1"
    mapfile -t words < <(command_of "$1")
    strace -f -qq -o "$work/trace" -- "${words[@]}" > /dev/null 2>&1
    sed -E 's/^[0-9]+ +//' "$work/trace" | grep -oE '^[a-z_0-9]+\(' | tr -d '(' | sort | uniq -c | awk '
        $2 ~ /^(open|write|pwrite|fsync|fdatasync|ftruncate|fallocate|rename|link|symlink|unlink|rmdir|mkdir|chmod|fchmod|chown|fchown|flock|utimens|copy_file_range|sendfile|getdents|lsetxattr|fsetxattr|fremovexattr)/ { print $2, $1 }'
}
