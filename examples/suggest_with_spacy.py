#!/usr/bin/env python3
"""Suggests quotes and speakers with spaCy: people as `speaker`, quoted words as `quote`, linked to the nearest person.

  pip install spacy && python3 -m spacy download en_core_web_sm
  pullquote suggest corpus/ --write --with "python3 examples/suggest_with_spacy.py"

Another pipeline that finds people: --with "python3 examples/suggest_with_spacy.py PIPELINE".
"""

import json
import re
import sys

import spacy

nlp = spacy.load(sys.argv[1] if len(sys.argv) > 1 else "en_core_web_sm")
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8", newline="\n")

for line in sys.stdin:
    article = json.loads(line)
    text, spans, links = article["text"], [], []
    # The offsets of spaCy and Python are code points, end-exclusive, as those of Pullquote are.
    people = [(one.start_char, one.end_char) for one in nlp(text).ents if one.label_ == "PERSON"]
    for start, end in people:
        spans.append({"id": f"speaker-{start}", "label": "speaker", "start": start, "end": end})
    for paragraph in re.finditer(r"[^\n]+", text):
        for quote in re.finditer(r"“[^“”]+”|\"[^\"]+\"|„[^„“]+“|«[^«»]+»", paragraph[0]):
            start, end = (paragraph.start() + at for at in quote.span())
            near = [(min(abs(a - end), abs(start - b)), a) for a, b in people
                    if paragraph.start() <= a and b <= paragraph.end() and (b <= start or end <= a)]
            spans.append({"id": f"quote-{start}", "label": "quote", "start": start, "end": end, "confidence": 0.5})
            if near:
                links.append({"from": f"quote-{start}", "to": f"speaker-{min(near)[1]}", "role": "speaker",
                              "confidence": 0.5})
    # Pullquote keeps the tags that are there, so only what is new is written.
    print(json.dumps({"id": article["id"], "text": text, "spans": spans, "links": links}), flush=True)
