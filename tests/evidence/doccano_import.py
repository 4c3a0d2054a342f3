#!/usr/bin/env python3
"""Loads exports to doccano with doccano's own importer and compares what it takes with what was exported.

  DOCCANO=folder tests/evidence/doccano_import.py FOLDER...

DOCCANO is doccano's source (https://github.com/doccano/doccano). Its pipeline reads the file, makes the texts,
labels and relations of a project for relation extraction, and saves them; the database in their place is a
list, with the limits its models have. Needs pandas, chardet, pyexcel, seqeval and pydantic before version 2.
Passes where all articles, tags and links are saved, each tag with its words, label and links. Ends with 1 if
one does not.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import types

from program import not_run, program

# The longest label or relation that its models take, in characters.
LONGEST = 100


class Saved(list):
    """What is saved of a model."""

    def bulk_create(self, records, **_):
        records = list(records)
        self.extend(records)
        return records

    def filter(self, uuid__in=None, **_):
        return [one for one in self if uuid__in is None or str(one.uuid) in uuid__in]


class Model:
    def __init_subclass__(cls):
        cls.objects = Saved()

    def __init__(self, **fields):
        vars(self).update(fields)
        if type(self).__name__.endswith("Type") and not 0 < len(self.text) <= LONGEST:
            raise ValueError(f"the database does not take this label: {self.text!r}")


def model(module, *names):
    """A module of models in the place of the one of Django."""
    found = types.ModuleType(module)
    for name in names:
        setattr(found, name, type(name, (Model,), {}))
    sys.modules[module.split(".")[0]] = types.ModuleType(module.split(".")[0])
    sys.modules[module] = found
    return found


def load(file):
    """What the importer saves of a file: texts, labels, relations, and what it complains about."""
    from data_import.pipeline import data, examples, label, label_types, labels, makers, readers
    from data_import.pipeline.parsers import JSONLParser

    project = types.SimpleNamespace(allow_overlapping=True)
    reader = readers.Reader([readers.FileName(file, file, file)], JSONLParser())
    make = makers.ExampleMaker(project, data.TextData, exclude_columns=["entities", "relations"])
    make_spans = makers.LabelMaker("entities", label.SpanLabel)
    make_links = makers.LabelMaker("relations", label.RelationLabel)
    kinds = label_types.LabelTypes(sys.modules["label_types.models"].SpanType)
    roles = label_types.LabelTypes(sys.modules["label_types.models"].RelationType)
    for records in reader.batch(1000):
        texts = examples.Examples(make.make(records))
        texts.save()
        spans = labels.Spans(make_spans.make(records), kinds)
        spans.clean(project)
        spans.save_types(project)
        links = labels.Relations(make_links.make(records), roles)
        links.clean(project)
        links.save_types(project)
        spans.save(None, texts)
        links.save(None, texts, spans=spans)
    errors = reader.errors + make.errors + make_spans.errors + make_links.errors
    saved = sys.modules["labels.models"]
    return sys.modules["examples.models"].Example.objects, saved.Span.objects, saved.Relation.objects, errors


def main():
    source = pathlib.Path(os.environ.get("DOCCANO", "")) / "backend"
    if not (source / "data_import/pipeline/makers.py").is_file():
        not_run("DOCCANO does not name doccano's source")
    if not sys.argv[1:] or not program():
        not_run("name folders of articles, and build the program or set PULLQUOTE")
    model("examples.models", "Example")
    model("label_types.models", "LabelType", "CategoryType", "RelationType", "SpanType")
    model("labels.models", "Label", "Category", "Relation", "Span", "TextLabel")
    sys.modules["projects"] = types.ModuleType("projects")
    sys.modules["projects.models"] = types.ModuleType("projects.models")
    sys.modules["projects.models"].Project = object
    sys.path.insert(0, str(source))
    with tempfile.TemporaryDirectory() as work:
        file = f"{work}/export.jsonl"
        told = subprocess.run([program(), "export", *sys.argv[1:], "--to", "doccano", "-o", file],
                              capture_output=True, text=True, check=False)
        if told.returncode:
            sys.exit(f"doccano_import: FAILED: {told.stderr}")
        try:
            texts, spans, links, errors = load(file)
        except ImportError as error:
            not_run(f"a library of doccano is missing ({error})")
        rows = [json.loads(line) for line in open(file, encoding="utf-8")]
    words = lambda text, at: (text, at["start_offset"], at["end_offset"], at["label"])
    by_id = [{at["id"]: words(row["text"], at) for at in row["entities"]} for row in rows]
    due = sorted(span for ids in by_id for span in ids.values())
    due_links = sorted((ids[link["from_id"]], ids[link["to_id"]], link["type"])
                       for row, ids in zip(rows, by_id) for link in row["relations"])
    place = lambda span: (span.example.text, span.start_offset, span.end_offset, span.label.text)
    taken = sorted(map(place, spans))
    taken_links = sorted((place(link.from_id), place(link.to_id), link.type.text) for link in links)
    passes = len(texts) == len(rows) and taken == due and taken_links == due_links and not errors
    print(f"doccano_import: {len(texts)} of {len(rows)} articles, {len(taken)} of {len(due)} labels, "
          f"{len(taken_links)} of {len(due_links)} relations, {'all as exported' if passes else 'FAILED'}")
    for error in errors[:5]:
        print(f"  {error}")
    sys.exit(not passes)


main()
