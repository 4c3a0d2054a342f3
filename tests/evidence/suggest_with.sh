#!/usr/bin/env bash
# The programs in `examples` suggest for real articles: spaCy itself (of $PYTHON, with $SPACY_PIPELINE or an
# English pipeline that knows two names), and the one for a language model against a small server of this
# script, which also invents words.
. "$(dirname "$0")/lib.sh"
python=${PYTHON:-python3}
needs "$python"
examples=$here/../../examples
failed=0

mkdir "$work/c"
cat > "$work/c/ferry.txt" << 'END'
Ferry to sail all winter

“We heard what the islanders told us,” Jean Mackay said on Monday. Naïve 😀 plans were dropped.

“Who will pay for it?” asked Tom Reid.
END

# Runs `suggest --write` with the command $2 and compares what is listed with the file $1.
try() {
    rm -f "$work"/c/*.ron
    "$pullquote" suggest "$work/c" --write --with "$2" > "$work/listed" 2> "$work/told"
    local status=$?
    sed -i "s|^$work/c/||" "$work/listed"
    if [ $status -ne 0 ] || ! diff "$1" "$work/listed" || ! "$pullquote" check "$work/c" > /dev/null 2>&1; then
        cat "$work/told"
        echo "suggest_with: FAILED with status $status: $2"
        failed=1
    fi
}

if "$python" -c 'import spacy' 2> /dev/null; then
    pipeline=${SPACY_PIPELINE:-$work/pipeline}
    [ -n "${SPACY_PIPELINE:-}" ] || "$python" - "$pipeline" << 'END'
import sys
import spacy

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
ruler = nlp.add_pipe("entity_ruler")
ruler.add_patterns([{"label": "PERSON", "pattern": name} for name in ("Jean Mackay", "Tom Reid")])
nlp.to_disk(sys.argv[1])
END
    cat > "$work/expected" << 'END'
ferry.txt:3:1: direct 0.50 Jean Mackay: “We heard what the islanders told us,”
ferry.txt:5:1: direct 0.50 Tom Reid: “Who will pay for it?”
END
    try "$work/expected" "$python $examples/suggest_with_spacy.py $pipeline"
    version=$("$python" -c 'import spacy; print(spacy.__version__)')
    echo "suggest_with: spaCy $version: $(wc -l < "$work/listed") quotes with speakers"
else
    echo "suggest_with: spaCy: not run: it is not installed for $python"
fi

# A server that answers like a language model, and invents a quote and a speaker.
cat > "$work/server.py" << 'END'
import json
from http.server import BaseHTTPRequestHandler, HTTPServer


class Model(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions", self.path
        assert asked["response_format"]["json_schema"]["strict"] is True
        quotes = [
            {"quote": "“We heard what the islanders told us,”", "speaker": "Jean Mackay"},
            {"quote": "“We never heard of it,”", "speaker": "Tom Reid"},
            {"quote": "“Who will pay for it?”", "speaker": "Thomas Reid"},
        ]
        content = json.dumps({"quotes": quotes})
        answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Model)
print(server.server_port, flush=True)
server.serve_forever()
END
"$python" "$work/server.py" > "$work/port" &
server=$!
cleanups+=("kill $server 2> /dev/null")
for _ in $(seq 50); do
    [ -s "$work/port" ] && break
    sleep 0.1
done
export LLM_ADDRESS="http://127.0.0.1:$(cat "$work/port")/v1"
cat > "$work/expected" << 'END'
ferry.txt:3:1: direct Jean Mackay: “We heard what the islanders told us,”
ferry.txt:5:1: direct no speaker: “Who will pay for it?”
END
try "$work/expected" "$python $examples/suggest_with_llm.py"
grep -q 'not in the article: 2 quotes or speakers' "$work/told" || { cat "$work/told"; failed=1; }
echo "suggest_with: language model: $(wc -l < "$work/listed") quotes, 2 invented ones refused"

[ $failed -eq 0 ] && echo "suggest_with: as expected"
exit $failed
