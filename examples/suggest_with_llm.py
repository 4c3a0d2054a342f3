#!/usr/bin/env python3
"""Suggests quotes with a language model on this machine, behind an OpenAI-compatible address. No packages needed.

  pullquote suggest corpus/ --write --timeout 300 --with "python3 examples/suggest_with_llm.py MODEL"

The address is http://127.0.0.1:8080/v1, or $LLM_ADDRESS; only this machine is asked. The model answers with the
words of each quote and of its speaker. Words that are not in the article are refused, and counted on standard error.
"""

import json
import os
import sys
import urllib.parse
import urllib.request

ADDRESS = os.environ.get("LLM_ADDRESS", "http://127.0.0.1:8080/v1").rstrip("/")
MODEL = sys.argv[1] if len(sys.argv) > 1 else "local"
TASK = """List every quote in the article: direct speech with its quotation marks, and reported clauses. Give the exact
words of the quote and of the mention of its speaker, copied from the article, in the order of the article. The speaker
is an empty text if the article does not name one."""
TEXT = {"type": "string"}
QUOTE = {"type": "object", "properties": {"quote": TEXT, "speaker": TEXT}, "required": ["quote", "speaker"],
         "additionalProperties": False}
ANSWER = {"type": "object", "properties": {"quotes": {"type": "array", "items": QUOTE}}, "required": ["quotes"],
          "additionalProperties": False}
# No proxy: the article does not leave this machine.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(text):
    """The quotes that the model finds, each with `quote` and `speaker`."""
    body = {
        "model": MODEL,
        "temperature": 0,
        "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": text}],
        "response_format": {"type": "json_schema",
                            "json_schema": {"name": "quotes", "strict": True, "schema": ANSWER}},
    }
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(ADDRESS + "/chat/completions", json.dumps(body).encode(), headers)
    with opener.open(request) as response:
        answer = json.load(response)
    quotes = json.loads(answer["choices"][0]["message"]["content"])["quotes"]
    return [(str(one["quote"]).strip(), str(one["speaker"]).strip()) for one in quotes]


def nearest(text, words, start, end):
    """Where the words are nearest to a quote and not within it, as (start, end); None where they are not."""
    places = []
    at = text.find(words) if words else -1
    while at >= 0:
        if at + len(words) <= start or at >= end:
            places.append((max(start - at - len(words), at - end), at))
        at = text.find(words, at + 1)
    return min(places)[1] if places else None


def main():
    host = urllib.parse.urlsplit(ADDRESS).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        sys.exit(f"{ADDRESS} is not this machine; set LLM_ADDRESS to an address on 127.0.0.1")
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    refused = 0
    for line in sys.stdin:
        article = json.loads(line)
        text, spans, links, after = article["text"], [], [], 0
        try:
            quotes = ask(text)
        except (OSError, KeyError, IndexError, TypeError, ValueError) as error:
            sys.exit(f"{article['id']}: {ADDRESS} gave no answer that can be used: {error!r}")
        for number, (words, speaker) in enumerate(quotes):
            # The same words may be there twice: the next place, else the first.
            start = text.find(words, after) if words else -1
            start = text.find(words) if start < 0 and words else start
            if start < 0:
                refused += 1
                continue
            end = after = start + len(words)
            spans.append({"id": f"quote-{number}", "label": "quote", "start": start, "end": end, "text": words})
            at = nearest(text, speaker, start, end)
            if at is not None:
                spans.append({"id": f"speaker-{number}", "label": "speaker", "start": at, "end": at + len(speaker),
                              "text": speaker})
                links.append({"from": f"quote-{number}", "to": f"speaker-{number}", "role": "speaker"})
            elif speaker:
                refused += 1
        answer = {"id": article["id"], "text": text, "spans": spans, "links": links}
        print(json.dumps(answer), flush=True)
    if refused:
        print(f"refused, because they are not in the article: {refused} quotes or speakers", file=sys.stderr)


if __name__ == "__main__":
    main()
