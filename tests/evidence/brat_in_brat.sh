#!/usr/bin/env bash
# Loads an export to brat in brat itself (https://brat.nlplab.org): its parser, its server and its page in
# a headless browser. Checks that the parser takes every line, that every tag has its words, and that the
# page draws every link with its name to be read.
# BRAT=folder is brat's source. Articles to export may be given; else some are made, with links, notes on
# tags and links, a split tag and emoji. Needs Python, npm, Node.js and Chromium (CHROMIUM=…); installs
# playwright-core into a temporary folder, or takes that in MODULES=folder. PICTURES=folder keeps pictures.
# Prints one line: `brat_in_brat: N tags and N links of N articles …`.
. "$(dirname "$0")/lib.sh"
needs python3 npm node
[ -f "${BRAT:-}/server/src/annotation.py" ] || not_run "BRAT does not name brat's source"
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
[ -x "$chromium" ] || not_run "Chromium is not installed"
modules=${MODULES:-$work/modules}
if [ ! -d "$modules/node_modules/playwright-core" ]; then
    mkdir -p "$modules"
    (cd "$modules" && npm init -y > /dev/null 2>&1 &&
        npm install --no-audit --no-fund --ignore-scripts playwright-core > npm.log 2>&1) ||
        not_run "playwright-core cannot be installed ($(tail -1 "$modules/npm.log" 2> /dev/null))"
fi

articles=("$@")
if [ ${#articles[@]} = 0 ]; then
    cat > "$work/made.jsonl" << 'ROWS'
{"id":"a.txt","text":"😀 “We will win,” said Ann Li, “because\nwe must.”\n\nNo 😀, he wrote.\n","spans":[{"id":"q1","label":"quote","fragments":[[2,16],[30,49]],"by":"ann"},{"id":"s1","label":"speaker","start":22,"end":28,"by":"ann","note":"the mayor"},{"id":"u1","label":"cue","start":17,"end":21,"by":"ann"},{"id":"c1","label":"claim","start":3,"end":11,"by":"ann"}],"links":[{"id":"l1","from":"q1","to":"s1","role":"speaker","note":"sure"},{"id":"l2","from":"q1","to":"u1","role":"cue"}]}
ROWS
    "$pullquote" import "$work/made.jsonl" --from jsonl --into "$work/articles" > "$work/said" 2>&1 ||
        { echo "brat_in_brat: FAILED: the sample is refused: $(cat "$work/said")"; exit 1; }
    articles=("$work/articles")
fi
cp -r "$BRAT" "$work/brat"
mkdir -p "$work/brat/data" "$work/brat/work" "$work/newer"
"$pullquote" export "${articles[@]}" --to brat -o "$work/brat/data/c" > "$work/said" 2>&1 ||
    { echo "brat_in_brat: FAILED: cannot be exported: $(cat "$work/said")"; exit 1; }
[ -d "$work/brat/server/lib/ply-3.4" ] || tar -xzf "$work/brat/server/lib/ply-3.4.tar.gz" -C "$work/brat/server/lib"
sed -e "s|= CHANGE_ME|= '$work'|" -e "s|^BASE_DIR.*|BASE_DIR = '$work/brat'|" \
    -e "s|^DATA_DIR.*|DATA_DIR = '$work/brat/data'|" -e "s|^WORK_DIR.*|WORK_DIR = '$work/brat/work'|" \
    "$work/brat/config_template.py" > "$work/brat/config.py"
# Brat is older than Python is now.
cat > "$work/newer/sitecustomize.py" << 'END_OF_FILE'
import codecs
import inspect

before = codecs.open
codecs.open = lambda name, mode="r", *rest, **more: before(name, mode.replace("U", ""), *rest, **more)
if not hasattr(inspect, "getargspec"):
    inspect.getargspec = lambda of: inspect.getfullargspec(of)[:4]
END_OF_FILE
export PYTHONPATH=$work/newer PYTHONWARNINGS=ignore

cat > "$work/parse.py" << 'END_OF_FILE'
import os
import sys
from pathlib import Path

brat = Path(sys.argv[1])
sys.path[:0] = [str(brat / "server/src"), str(brat)]
os.chdir(brat)
from annotation import TextAnnotations

wrong, tags, links = 0, 0, 0
for file in sorted(Path("data/c").rglob("*.ann")):
    text = file.with_suffix(".txt").read_text("utf-8")
    with TextAnnotations(str(file)[:-4]) as read:
        if read.failed_lines:
            wrong += 1
            print(file, "lines that are not taken:", read.failed_lines[:5], file=sys.stderr)
        for tag in read.get_textbounds():
            tags += 1
            words = " ".join(text[start:end] for start, end in tag.spans).replace("\n", " ")
            if words != tag.text:
                wrong += 1
                print(file, tag.id, repr(words), repr(tag.text), file=sys.stderr)
        links += len(list(read.get_relations()))
print(f"{tags} tags and {links} links of {len(list(Path('data/c').rglob('*.ann')))} articles")
sys.exit(wrong > 0)
END_OF_FILE
figure=$(python3 "$work/parse.py" "$work/brat" 2> "$work/errors")
status=$?

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$work/brat" && exec python3 standalone.py "$port" > "$work/server.log" 2>&1) &
server=$!
cleanups+=("kill $server 2> /dev/null")
cat > "$work/look.mjs" << 'END_OF_FILE'
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [modules, executablePath, folder, port, pictures] = process.argv.slice(2);
const { chromium } = createRequire(modules + '/package.json')('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'] });
let failed = 0, seen = 0, drawn = 0;
const wrong = (...words) => { failed = 1; console.error(...words); };
const names = readdirSync(folder).filter(name => name.endsWith('.ann')).map(name => name.slice(0, -4));
for (const name of names.slice(0, 20)) {
  const ann = readFileSync(`${folder}/${name}.ann`, 'utf8');
  const roles = [...ann.matchAll(/^R\d+\t(\S+) /gm)].map(found => found[1]);
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  await page.goto(`http://127.0.0.1:${port}/index.xhtml#/c/${name}`);
  const selector = roles.length ? 'svg text[data-arc-role]' : 'svg text';
  await page.waitForSelector(selector, { state: 'attached', timeout: 30000 }).catch(() => {});
  const found = await page.evaluate(() => [...document.querySelectorAll('svg [data-arc-role]')].map(arc => {
    const { fill, visibility, opacity } = getComputedStyle(arc);
    const box = arc.getBoundingClientRect();
    // A box over the name shows a comment: light for notes of people, black for types that brat does not know.
    const boxes = [...arc.parentNode.querySelectorAll('rect')];
    const covered = boxes.some(box => getComputedStyle(box).fill === fill);
    return { text: arc.textContent, role: arc.dataset.arcRole, fill, visibility, opacity, width: box.width, covered };
  }));
  if (pictures) {
    await page.evaluate(() => document.querySelectorAll('.ui-dialog, .ui-widget-overlay').forEach(on => on.remove()));
    await page.screenshot({ path: `${pictures}/${name}.png` });
  }
  errors.forEach(error => wrong(name, error));
  const asked = new URLSearchParams({ action: 'getDocument', collection: '/c/', document: name, protocol: '1' });
  const answer = await (await fetch(`http://127.0.0.1:${port}/ajax.cgi`, { method: 'POST', body: asked })).json();
  for (const [words, kind] of answer.messages ?? []) if (kind !== 'comment') wrong(name, 'brat says:', words);
  const shown = found.filter(arc => arc.text && arc.width > 0 && arc.visibility === 'visible' && !arc.covered);
  for (const role of new Set(roles)) {
    const due = roles.filter(other => other === role).length;
    const there = shown.filter(arc => arc.role === role).length;
    // One that goes over several lines has its name on each.
    if (there < due) wrong(name, `shows ${there} of ${due} names of links \`${role}\``, JSON.stringify(found.slice(0, 3)));
  }
  seen++;
  drawn += roles.length;
  await page.close();
}
await browser.close();
console.log(`the names of ${drawn} links are seen in ${seen} of them`);
process.exit(failed);
END_OF_FILE
[ -n "${PICTURES:-}" ] && mkdir -p "$PICTURES"
for _ in $(seq 50); do (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null && break; sleep 0.2; done
shown=$(node "$work/look.mjs" "$modules" "$chromium" "$work/brat/data/c" "$port" "${PICTURES:-}" 2>> "$work/errors") || status=1
[ -s "$work/errors" ] && head -40 "$work/errors" >&2
[ $status = 0 ] && echo "brat_in_brat: $figure; $shown" || echo "brat_in_brat: FAILED: $figure; $shown"
exit $status
