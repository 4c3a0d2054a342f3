#!/usr/bin/env bash
# Opens HTML reports in a real browser and asks axe-core for what keeps people from reading them. Also
# measures that right-to-left lines are aligned right, and that nothing in the article acts.
# Needs chromium, node and npm; npm installs axe-core and playwright-core into a temporary folder.
# Exit code 1: a serious finding.

source "$(dirname "$0")/lib.sh"
needs chromium node npm

corpus=$work/corpus
mkdir -p "$corpus"
cat > "$work/in.jsonl" <<'ROWS'
{"id":"a.txt","text":"Mayor speaks\n\n“We will win,” said Ann Li, “because we must.” Taxes rise, he said.\n\nاردو میں ایک سطر\n<script>document.title='acted'</script><img src=x onerror=\"document.title='acted'\">\n","spans":[{"id":"q1","label":"quote","start":14,"end":60,"fragments":[[14,28],[42,60]],"by":"","note":"see [x](javascript:document.title='acted')"},{"id":"s1","label":"speaker","start":34,"end":40,"person":"p1","by":""},{"id":"c1","label":"claim","start":15,"end":26,"by":""},{"id":"c2","label":"claim","start":61,"end":71,"by":"","review":"rejected"},{"id":"q2","label":"quote","start":83,"end":99,"by":"suggester:rules","verdict":"open"}],"links":[{"from":"q1","to":"s1","role":"speaker"}],"people":[{"id":"p1","name":"Ann Li","role":"mayor of a town with an Extraordinarilylongunbreakablename"}]}
{"id":"b.txt","text":"Nothing much.","spans":[{"id":"q1","label":"quote","start":0,"end":7,"by":""}],"links":[]}
ROWS
"$pullquote" import --from jsonl "$work/in.jsonl" --into "$corpus" > /dev/null 2>&1
"$pullquote" export "$corpus" --to html --all -o "$work/report" > /dev/null 2>&1

mkdir "$work/npm" && cd "$work/npm" || exit 1
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-audit --no-fund axe-core playwright-core > npm.log 2>&1 ||
    not_run "npm cannot install axe-core and playwright-core"
cat > check.cjs <<'JS'
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pages = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    return entry.isDirectory() ? pages(place) : place.endsWith('.html') ? [place] : [];
});
(async () => {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    let serious = 0, broken = 0;
    for (const place of pages(process.argv[2])) {
        for (const colorScheme of ['light', 'dark']) {
            const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width: 480, height: 800 } });
            const page = await context.newPage();
            await page.goto('file://' + place);
            await page.addScriptTag({ content: axe });
            const found = await page.evaluate(() => axe.run(document));
            for (const finding of found.violations) {
                console.log(`${finding.impact}: ${path.basename(place)} (${colorScheme}): ${finding.id}: ${finding.help}`);
                for (const node of finding.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 160)}`);
                serious += finding.impact === 'serious' || finding.impact === 'critical';
            }
            const facts = await page.evaluate(() => {
                const text = document.querySelector('[data-doc-text]');
                const rtl = text ? [...text.children].filter((line) => /[\u0600-\u06ff]/.test(line.textContent)) : [];
                const left = rtl.filter((line) => {
                    const range = document.createRange();
                    range.selectNodeContents(line);
                    const words = [...range.getClientRects()].filter((box) => box.width > 0);
                    const end = Math.max(...words.map((box) => box.right));
                    return Math.abs(end - line.getBoundingClientRect().right) > 6;
                });
                const acting = [...document.querySelectorAll('script, img, [onerror], a[href^="javascript"]')]
                    .filter((element) => !element.textContent.includes('axe'));
                // A cell is wide enough when its longest word fits in it.
                const cells = [...document.querySelectorAll('td')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1);
                return { title: document.title, left: left.length, acting: acting.length, cells: cells.length };
            });
            if (facts.title === 'acted' || facts.left || facts.acting || facts.cells) {
                console.log(`broken: ${path.basename(place)}: ${JSON.stringify(facts)}`);
                broken += 1;
            }
            if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${path.basename(place)}.${colorScheme}.png`), fullPage: true });
            await context.close();
        }
    }
    await browser.close();
    console.log(`serious findings: ${serious}, broken pages: ${broken}`);
    process.exit(serious || broken ? 1 : 0);
})();
JS
echo "report_in_browser: $(find "$work/report" -name '*.html' | wc -l) pages"
node check.cjs "$work/report"
