#!/usr/bin/env bash
# Loads a W3C export with UTF-16 offsets in the real Recogito libraries, in a headless browser, and
# checks that every annotation is on its words, in each of:
#   @recogito/recogito-js      (which reads tags of one part only)
#   @recogito/text-annotator   (which stops at links among the items)
# Articles to export may be given; else one is made with emoji, line ends, accents, and tags that
# overlap, nest and are split. Needs npm, Node.js and Chromium (CHROMIUM=…); installs the libraries
# into a temporary folder, or takes those in RECOGITO=folder.
# Prints one line: `w3c_in_recogito: N of N shown on their words in LIBRARY VERSION, …`.
. "$(dirname "$0")/lib.sh"
needs npm node
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
[ -x "$chromium" ] || not_run "Chromium is not installed"

modules=${RECOGITO:-$work/modules}
if [ ! -d "$modules/node_modules/playwright-core" ]; then
    mkdir -p "$modules"
    (cd "$modules" && npm init -y > /dev/null 2>&1 &&
        npm install --no-audit --no-fund --ignore-scripts @recogito/recogito-js \
            @recogito/text-annotator playwright-core > npm.log 2>&1) ||
        not_run "the libraries cannot be installed ($(tail -1 "$modules/npm.log" 2> /dev/null))"
fi

mkdir -p "$work/articles"
articles=("$@")
if [ ${#articles[@]} = 0 ]; then
    cat > "$work/made.jsonl" << 'END'
{"id":"a.txt","text":"😀 “We wi\u0301ll win,” said Ann Li, 👩‍🔬 “because\nwe must.”\n\nNo 😀, he wrote.\n","spans":[{"id":"q1","label":"quote","fragments":[[2,16],[33,52]],"by":"ann"},{"id":"s1","label":"speaker","start":22,"end":28,"by":"ann"},{"id":"u1","label":"cue","start":17,"end":21,"by":"ann"},{"id":"c1","label":"claim","start":3,"end":11,"by":"ann"},{"id":"c2","label":"claim","start":6,"end":24,"by":"ann"},{"id":"q2","label":"quote","start":54,"end":58,"by":"ann","note":"<b>sic</b>"}],"links":[{"id":"l1","from":"q1","to":"s1","role":"speaker"},{"id":"l2","from":"q1","to":"u1","role":"cue"}]}
END
    "$pullquote" import "$work/made.jsonl" --from jsonl --into "$work/articles" > "$work/said" 2>&1 ||
        { echo "w3c_in_recogito: FAILED: the sample is refused: $(cat "$work/said")"; exit 1; }
    articles=("$work/articles/a.txt")
fi

n=0
for article in "${articles[@]}"; do
    n=$((n + 1))
    for links in inline apart; do
        "$pullquote" export "$article" --to w3c --set unit=utf16 --set links=$links \
            -o "$work/$n.$links.jsonld" > "$work/said" 2>&1 ||
            { echo "w3c_in_recogito: FAILED: $article cannot be exported: $(cat "$work/said")"; exit 1; }
    done
done

cat > "$work/check.mjs" << 'END'
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [modules, executablePath, folder, files] = process.argv.slice(2);
const require = createRequire(modules + '/package.json');
const { chromium } = require('playwright-core');
const at = path => modules + '/node_modules/' + path;
const version = name => JSON.parse(readFileSync(at(name + '/package.json'))).version;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'] });
const list = value => Array.isArray(value) ? value : [value];
const textOf = page => page.items.map(item => item.pullquote?.document?.text).find(text => text !== undefined)
  ?? page.pullquote?.documents?.[0]?.text ?? '';
const exact = target => target.selector.find(s => s.type === 'TextQuoteSelector').exact;

async function open(text) {
  // The whole text in view: only that is drawn.
  const page = await browser.newPage({ viewport: { width: 1000, height: 16000 } });
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error' || message.text().includes('Could not render')) errors.push(message.text());
  });
  await page.setContent('<!DOCTYPE html><html><body><pre id="content" style="white-space: pre-wrap"></pre></body></html>');
  await page.evaluate(text => document.getElementById('content').append(text), text);
  return { page, errors };
}

async function inRecogito(items, text) {
  const { page, errors } = await open(text);
  await page.addScriptTag({ path: at('@recogito/recogito-js/dist/recogito.min.js') });
  const shown = await page.evaluate(async items => {
    const recogito = Recogito.init({ content: document.getElementById('content'), mode: 'pre' });
    await recogito.setAnnotations(items);
    await new Promise(done => setTimeout(done, 300));
    const shown = {};
    for (const span of document.querySelectorAll('.r6o-annotation')) {
      const id = span.dataset.id;
      if (!span.parentElement.closest(`.r6o-annotation[data-id="${CSS.escape(id)}"]`))
        shown[id] = (shown[id] ?? '') + span.textContent;
    }
    return shown;
  }, items);
  await page.close();
  return { shown, errors };
}

async function inTextAnnotator(items, text) {
  const { page, errors } = await open(text);
  // What bundlers put in its place.
  await page.addScriptTag({ content: "window.process = { env: { NODE_ENV: 'production' } }" });
  await page.addScriptTag({ path: at('@recogito/text-annotator/dist/text-annotator.umd.js') });
  const shown = await page.evaluate(async items => {
    const library = window.RecogitoJS ?? window.TextAnnotator ?? window.Recogito;
    const content = document.getElementById('content');
    const annotator = library.createTextAnnotator(content, {
      adapter: library.W3CTextFormat('urn:x', content), renderer: 'SPANS' });
    try {
      await annotator.setAnnotations(items);
    } catch (error) {
      return { stopped: String(error) };
    }
    await new Promise(done => setTimeout(done, 300));
    const shown = {};
    for (const annotation of annotator.state.store.all())
      shown[annotation.id] = annotation.target.selector.map(selector => selector.range?.toString() ?? null);
    const drawn = [...document.querySelectorAll('.r6o-annotation')].map(span => span.dataset.annotation);
    return { shown, drawn: new Set(drawn).size };
  }, items);
  await page.close();
  return { ...shown, errors };
}

let failed = 0;
const totals = { old: [0, 0], new: [0, 0], split: 0, stops: 0 };
const wrong = (...words) => { failed = 1; console.error(...words); };
for (let n = 1; n <= Number(files); n++) {
  const read = links => JSON.parse(readFileSync(`${folder}/${n}.${links}.jsonld`));
  const apart = read('apart'), inline = read('inline');
  const text = textOf(apart);
  const tags = apart.items;
  if (tags.some(tag => tag.motivation === 'linking')) wrong(n, 'links among the items');
  const links = apart.pullquote?.links?.length ?? 0;
  if (tags.length + links !== inline.items.length) wrong(n, 'links are missing', tags.length, links);

  for (const items of [tags, inline.items]) {
    const old = await inRecogito(items, text);
    if (items === tags) old.errors.forEach(error => wrong(n, 'recogito-js:', error));
    for (const tag of tags) {
      const targets = list(tag.target);
      if (targets.length > 1) { if (items === tags) totals.split++; continue; }
      if (items === tags) totals.old[1]++;
      if (old.shown[tag.id] === exact(targets[0])) { if (items === tags) totals.old[0]++; }
      else wrong(n, 'recogito-js:', tag.id, JSON.stringify(exact(targets[0])), JSON.stringify(old.shown[tag.id]));
    }
  }

  const now = await inTextAnnotator(tags, text);
  if (now.stopped) wrong(n, 'text-annotator stopped:', now.stopped);
  if (now.drawn !== tags.length) wrong(n, 'text-annotator draws', now.drawn, 'of', tags.length);
  now.errors.forEach(error => wrong(n, 'text-annotator:', error));
  for (const tag of tags) {
    totals.new[1]++;
    const expected = JSON.stringify(list(tag.target).map(exact));
    const found = JSON.stringify(now.shown?.[tag.id]);
    if (found === expected) totals.new[0]++;
    else wrong(n, 'text-annotator:', tag.id, expected, found);
  }
  if (links && (await inTextAnnotator(inline.items, text)).stopped) totals.stops++;
}
await browser.close();
console.log(`${totals.old.join(' of ')} shown on their words in recogito-js ${version('@recogito/recogito-js')}`
  + ` (${totals.split} split ones it does not read), ${totals.new.join(' of ')} in text-annotator`
  + ` ${version('@recogito/text-annotator')}; links among the items stop the latter in ${totals.stops} of ${files}`);
process.exit(failed);
END
figure=$(node "$work/check.mjs" "$modules" "$chromium" "$work" "$n" 2> "$work/errors")
status=$?
[ -s "$work/errors" ] && head -40 "$work/errors" >&2
[ $status = 0 ] && echo "w3c_in_recogito: $figure" || echo "w3c_in_recogito: FAILED: $figure"
exit $status
