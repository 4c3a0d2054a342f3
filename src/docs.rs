//! Reference tables: the keys, the formats and the measured speed. Tests compare the first two with
//! the program.

pub mod keys {
    //! The built-in keys. F1 shows them in the window; a `keymap.ron` in the settings folder changes them.
    //!
    //! | | keys | |
    //! | --- | --- | --- |
    //! | **File** | `Ctrl+O` | Open file… |
    //! |  | `Ctrl+Shift+O` | Open folder… |
    //! |  | `Ctrl+S` | Save |
    //! |  | `Ctrl+E` | Export… |
    //! |  | `Ctrl+PgUp` | Previous article |
    //! |  | `Ctrl+PgDn` | Next article |
    //! |  | `Ctrl+Enter` | Done, next article |
    //! |  | `Ctrl+Enter` | Continue the queue |
    //! |  | `Ctrl+Q` | Quit |
    //! | **Edit** | `Ctrl+Z` | Undo |
    //! |  | `Ctrl+Shift+Z` `Ctrl+Y` | Redo |
    //! |  | `Ctrl+C` | Copy |
    //! |  | `Ctrl+A` | Select all |
    //! |  | `E` `Ctrl+↑` | Grow selection |
    //! |  | `Shift+E` `Ctrl+↓` | Shrink selection |
    //! |  | `Ctrl+F` | Find… |
    //! |  | `F3` `Enter` `↓` | Find next |
    //! |  | `Shift+F3` `Shift+Enter` `↑` | Find previous |
    //! |  | `Esc` | Close the find bar |
    //! |  | `Ctrl+Shift+F` | Search all articles… |
    //! |  | `F4` | Next hit |
    //! |  | `Shift+F4` | Previous hit |
    //! |  | `Alt+←` | Back |
    //! |  | `Ctrl+Enter` | Change hits… |
    //! |  | `Ctrl+Alt+Z` | Undo the last step over articles |
    //! |  | `Enter` | Go to the hit |
    //! |  | `Ctrl+Space` | Choose the hit |
    //! |  | `Esc` | Close the search |
    //! | **Tag** | `Q` `1` | Tag as quote |
    //! |  | `S` `2` | Tag as speaker |
    //! |  | `C` `3` | Tag as claim |
    //! |  | `Shift+Q` | Drag to tag as quote |
    //! |  | `Shift+S` | Drag to tag as speaker |
    //! |  | `Shift+C` | Drag to tag as claim |
    //! |  | `+` `A` | Add part |
    //! |  | `-` `Shift+A` | Remove part |
    //! |  | `Tab` | Next speaker |
    //! |  | `Shift+Tab` | Previous speaker |
    //! |  | `0` | No speaker given |
    //! |  | `W` | Who is this… |
    //! |  | `*` | Tag all occurrences |
    //! |  | `R` | Change label… |
    //! |  | `M` | Note… |
    //! |  | `I` | Attributes |
    //! |  | `]` `Alt+Shift+→` | End: extend by a word |
    //! |  | `[` `Alt+Shift+←` | End: shrink by a word |
    //! |  | `{` `Alt+Shift+↑` | Start: extend by a word |
    //! |  | `}` `Alt+Shift+↓` | Start: shrink by a word |
    //! |  | `Alt+]` `Ctrl+Alt+Shift+→` | End: extend by a character |
    //! |  | `Alt+[` `Ctrl+Alt+Shift+←` | End: shrink by a character |
    //! |  | `Alt+{` `Ctrl+Alt+Shift+↑` | Start: extend by a character |
    //! |  | `Alt+}` `Ctrl+Alt+Shift+↓` | Start: shrink by a character |
    //! |  | `Del` `Backspace` | Delete tag |
    //! | **Review** | `Enter` | Confirm or accept |
    //! |  | `X` | Reject |
    //! |  | `?` `V` | Unsure |
    //! |  | `N` | Next tag |
    //! |  | `P` | Previous tag |
    //! |  | `Shift+N` | Next untagged |
    //! |  | `Shift+P` | Previous untagged |
    //! |  | `J` | Next suggestion |
    //! |  | `K` | Previous suggestion |
    //! |  | `Shift+Enter` | Do the rest like this |
    //! |  | `F8` | Next problem |
    //! |  | `Shift+F8` | Previous problem |
    //! |  | `Ctrl+.` | Fix this problem |
    //! |  | `Ctrl+I` | Ignore this hint… |
    //! |  | `O` | Larger tag here |
    //! |  | `Shift+O` | Smaller tag here |
    //! |  | `F5` `N` | Next difference |
    //! |  | `Shift+F5` `P` | Previous difference |
    //! |  | `X` | All are wrong |
    //! |  | `0` | Nothing to tag here |
    //! |  | `A` | Take what all agree on |
    //! |  | `M` | Reason for the decision… |
    //! |  | `1` | Take the first person’s |
    //! |  | `2` | Take the second person’s |
    //! |  | `3` | Take the third person’s |
    //! |  | `4` | Take the fourth person’s |
    //! |  | `5` | Take the fifth person’s |
    //! |  | `6` | Take the sixth person’s |
    //! |  | `B` | Boundary from… |
    //! |  | `L` | Label from… |
    //! |  | `T` | Attributes from… |
    //! |  | `F` | Speaker from… |
    //! |  | `Shift+F7` | Review a colleague’s tags |
    //! |  | `Ctrl+F7` | Corrections to my tags |
    //! |  | `Shift+M` | Remark on all tags… |
    //! |  | `Enter` | Colleague’s tag: accept |
    //! |  | `X` | Colleague’s tag: wrong |
    //! |  | `?` `V` | Colleague’s tag: unsure |
    //! |  | `M` | Colleague’s tag: reason… |
    //! |  | `R` | Colleague’s tag: another label… |
    //! |  | `W` | Colleague’s tag: another speaker… |
    //! |  | `A` | Colleague’s tag: another attribute… |
    //! |  | `0` | Colleague’s tag: no speaker given |
    //! |  | `Del` `Backspace` | Colleague’s tag: remove |
    //! |  | `S` | Colleague’s tag: speaker is selected |
    //! |  | `+` | Colleague’s tag: add a part |
    //! |  | `-` | Colleague’s tag: remove a part |
    //! |  | `]` `Alt+Shift+→` | Colleague’s tag: end later |
    //! |  | `[` `Alt+Shift+←` | Colleague’s tag: end earlier |
    //! |  | `{` `Alt+Shift+↑` | Colleague’s tag: start earlier |
    //! |  | `}` `Alt+Shift+↓` | Colleague’s tag: start later |
    //! |  | `N` | Next tag of the colleague |
    //! |  | `P` | Previous tag of the colleague |
    //! |  | `Enter` | Correction: take |
    //! |  | `X` | Correction: leave as it is |
    //! |  | `M` | Correction: answer… |
    //! |  | `N` | Next correction |
    //! |  | `P` | Previous correction |
    //! |  | `Esc` | Leave |
    //! | **View** | `Shift+W` | Person in all articles |
    //! |  | `Ctrl+K` | Command palette… |
    //! |  | `Ctrl+=` `Ctrl++` | Larger text |
    //! |  | `Ctrl+-` | Smaller text |
    //! |  | `Ctrl+0` | Normal text size |
    //! |  | `Ctrl+Shift+L` | Light or dark |
    //! |  | `F9` | Files |
    //! |  | `F12` | Project |
    //! |  | `Shift+F12` | Statistics |
    //! |  | `Ctrl+F12` | Agreement |
    //! |  | `Shift+F9` | Side panel |
    //! |  | `F7` | Tags of others |
    //! |  | `F11` | Guidelines |
    //! |  | `Shift+F11` | Open questions |
    //! |  | `F6` | Next panel |
    //! |  | `Shift+F6` | Previous panel |
    //! |  | `F10` | Menu bar |
    //! | **Help** | `F1` | Keys |
}

pub mod formats {
    //! What each format can carry, as `pullquote formats` prints it. A build with the feature `parquet`
    //! has one more: the rows of `jsonl` as typed columns.
    //!
    //! | format      | name                         | offsets     | import | export | tags | overlap | nesting | split | links | loose links | attributes | people | review | notes | link facts | author | state | ids | edges | characters | facts | unknown fields |
    //! | ----------- | ---------------------------- | ----------- | ------ | ------ | ---- | ------- | ------- | ----- | ----- | ----------- | ---------- | ------ | ------ | ----- | ---------- | ------ | ----- | --- | ----- | ---------- | ----- | -------------- |
    //! | jsonl       | Native JSON Lines            | code points | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ●           | ●          | ●      | ●      | ●     | ●          | ●      | ●     | ●   | ●     | ●          | ●     | ○              |
    //! | csv         | CSV table                    | code points | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ◐           | ●          | ◐      | ●      | ●     | ●          | ●      | ●     | ●   | ●     | ○          | ●     | ○              |
    //! | tsv         | TSV table                    | code points | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ◐           | ●          | ◐      | ●      | ●     | ●          | ●      | ●     | ●   | ●     | ○          | ●     | ○              |
    //! | quotes      | Sheet of quotes (CSV)        | markup      | ○      | ●      | ○    | ●       | ●       | ●     | ●     | ○           | ●          | ●      | ●      | ●     | ○          | ●      | ○     | ○   | ○     | ○          | ●     | ○              |
    //! | xlsx        | Sheet of quotes (Excel)      | markup      | ○      | ●      | ○    | ●       | ●       | ●     | ●     | ○           | ●          | ●      | ●      | ●     | ○          | ●      | ○     | ○   | ○     | ○          | ●     | ○              |
    //! | html        | HTML report                  | markup      | ○      | ●      | ●    | ●       | ●       | ●     | ●     | ●           | ●          | ●      | ●      | ●     | ●          | ●      | ●     | ●   | ●     | ○          | ●     | ○              |
    //! | brat        | brat standoff                | code points | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ◐           | ●          | ◐      | ◐      | ●     | ◐          | ◐      | ◐     | ◐   | ●     | ◐          | ◐     | ○              |
    //! | w3c         | W3C Web Annotation JSON-LD   | code points | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ◐           | ●          | ◐      | ◐      | ●     | ●          | ●      | ◐     | ●   | ●     | ●          | ◐     | ○              |
    //! | spacy       | spaCy / Prodigy JSON Lines   | code points | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ◐           | ◐          | ◐      | ◐      | ◐     | ◐          | ◐      | ◐     | ◐   | ●     | ●          | ◐     | ○              |
    //! | docbin      | spaCy DocBin (training data) | code points | ○      | ●      | ●    | ●       | ●       | ◐     | ◐     | ○           | ○          | ○      | ○      | ○     | ○          | ○      | ○     | ○   | ●     | ●          | ○     | ○              |
    //! | conll       | CoNLL columns                | tokens      | ●      | ●      | ○    | ○       | ○       | ○     | ○     | ○           | ○          | ○      | ○      | ○     | ○          | ○      | ○     | ○   | ○     | ○          | ○     | ○              |
    //! | labelstudio | Label Studio JSON            | code points | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ◐           | ◐          | ◐      | ◐      | ●     | ◐          | ◐      | ◐     | ◐   | ●     | ●          | ◐     | ○              |
    //! | doccano     | doccano JSON Lines           | code points | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ○           | ○          | ○      | ○      | ○     | ○          | ○      | ◐     | ◐   | ●     | ●          | ○     | ○              |
    //! | cas-json    | UIMA CAS JSON                | UTF-16      | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ◐           | ●          | ◐      | ◐      | ◐     | ◐          | ◐      | ◐     | ◐   | ●     | ●          | ◐     | ○              |
    //! | xmi         | UIMA XMI                     | UTF-16      | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ◐           | ●          | ◐      | ◐      | ◐     | ◐          | ◐      | ◐     | ◐   | ●     | ○          | ◐     | ○              |
    //! | webannotsv  | WebAnno TSV 3                | UTF-16      | ●      | ○      | ●    | ●       | ●       | ○     | ●     | ○           | ●          | ○      | ○      | ○     | ●          | ○      | ○     | ○   | ●     | ○          | ○     | ○              |
    //! | stam        | STAM JSON                    | code points | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ◐           | ●          | ◐      | ◐      | ◐     | ◐          | ◐      | ◐     | ●   | ●     | ●          | ◐     | ○              |
    //! | tei         | TEI P5                       | markup      | ●      | ●      | ●    | ●       | ●       | ●     | ●     | ○           | ●          | ●      | ◐      | ●     | ●          | ●      | ●     | ●   | ●     | ○          | ●     | ○              |
    //! | qdpx        | REFI-QDA project             | code points | ●      | ●      | ●    | ●       | ●       | ◐     | ●     | ○           | ○          | ○      | ○      | ●     | ●          | ○      | ◐     | ◐   | ●     | ●          | ○     | ○              |
    //!
    //! ● carried, ◐ carried in a way only Pullquote reads back, ○ not carried
    //!
    //! This holds for exports and imports, but for two things: an import leaves out loose links, whose ends are not there, and says so; and of CoNLL columns it takes the words and their tags.
    //!
    //! Articles without tags, which are imported only:
    //!
    //! - articles: Articles in any of the following formats
    //! - webpage: Web page: HTML, as a browser saves it, and MHTML (.html, .htm, .xhtml, .mhtml, .mht)
    //! - docx: Word document (.docx, .docm, .dotx)
    //! - odt: OpenDocument text (.odt, .ott)
    //! - rtf: Rich Text Format (.rtf)
    //! - epub: Electronic book (EPUB) (.epub)
    //! - pdf: PDF (.pdf)
    //! - lexisnexis: LexisNexis, plain text (.txt)
    //! - nexis-html: Nexis: HTML
    //! - factiva: Factiva: HTML
    //! - europresse: Europresse: HTML
    //! - proquest: ProQuest, plain text (.txt)
    //! - proquest-eml: ProQuest: articles sent as a mail (.eml)
    //! - mediargus: Mediargus, plain text (.txt)
    //! - genios: GENIOS (wiso), plain text (.txt)
    //! - article-table: Table with an article in each row (CSV, TSV) (.csv, .tsv, .tab)
    //! - article-lines: JSON with an article in each record (.jsonl, .ndjson, .json)
    //!
    //! Options for --set of exports (the first value is the default):
    //!
    //! - jsonl, Dataset card: `card=no` only the data; `card=yes` also a README.md that dataset hubs read
    //! - jsonl, Time of work: `times=no` not exported; `times=yes` who worked on each document when, and how many seconds, in `sittings`
    //! - csv, Excel-friendly (BOM): `bom=no` without a byte order mark, for other programs; `bom=yes` with a byte order mark, for Excel
    //! - tsv, Excel-friendly (BOM): `bom=no` without a byte order mark, for other programs; `bom=yes` with a byte order mark, for Excel
    //! - quotes, Excel-friendly (BOM): `bom=yes` with a byte order mark, for Excel; `bom=no` without a byte order mark, for other programs
    //! - quotes, Separator: `separator=comma` commas between the cells; `separator=semicolon` semicolons, for spreadsheets in countries with a decimal comma
    //! - w3c, Unit of offsets: `unit=code-points` as in the W3C Recommendation; `unit=utf16` as in Recogito and other browser tools
    //! - w3c, Links between tags: `links=inline` among the items, as in the W3C Recommendation; `links=apart` in the page, but not among its items; only Pullquote reads them there; `links=none` left out
    //! - spacy, Tokens: `tokens=cut` split at the edges of tags, so that no tag is lost; `tokens=plain` words and punctuation only; tags that split one are left out and counted
    //! - conll, Tagging scheme: `scheme=iob2` B and I; `scheme=bilou` B, I and L, U for a single token
    //! - conll, Columns: `columns=2` token and tag; `columns=4` token, start, end (code points) and tag
    //! - conll, Rows: `rows=tokens` a line for each token, as CoNLL has it; `rows=sentences` a JSON object for each sentence, for token classification with transformers
    //! - labelstudio, Tags become: `as=annotations` people's work; `as=predictions` model predictions, to be reviewed
    //! - doccano, Unit of offsets: `unit=code-points` as doccano's Python code counts (the same in texts without emoji); `unit=utf16` as doccano's editor counts
    //! - every format, Split: `split=no` all articles together; `split=80/10/10` training, validation and test data by article, in a folder; any two or three shares, such as 70/30
    //! - every format, Seed of the split: `seed=0` which articles go where; the same for the same articles; `seed=1` any other number gives another split
    //!
    //! Options for --set of imports (the first value is the default):
    //!
    //! - jsonl, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - csv, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - tsv, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - brat, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - w3c, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - spacy, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - labelstudio, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - doccano, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - cas-json, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - xmi, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - webannotsv, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - stam, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - qdpx, Unit of offsets: `unit=auto` what fits the words of most tags; `unit=code-points` characters, as Python counts; `unit=utf16` UTF-16, as JavaScript and Java count; `unit=bytes` UTF-8 bytes
    //! - formats of articles, Captions: `captions=out` they are left out of the text, and listed; `captions=in` they stay in the text, where they are
    //! - formats of articles, Copy of the original file: `keep=no` it stays where it is; `keep=yes` it is copied to where the articles go
}

pub mod performance {
    //! Measured speed, on two cores of a small virtual machine.
    //!
    //! `benches/scaling.sh` prints the medians of the benchmarks:
    //!
    //! | | 2.6 kB, 40 tags | 100 kB, 1,500 | 1 MB, 15,000 | 10 MB, 100,000 | growth: size to the power of |
    //! | --- | --- | --- | --- | --- | --- |
    //! | go to the next tag | 0.24 ms | 0.25 ms | 0.25 ms | 0.25 ms | 0.01 |
    //! | tag | 0.48 ms | 0.53 ms | 0.58 ms | 0.55 ms | 0.01 |
    //! | undo | 3.8 µs | 4.7 µs | 5.6 µs | 6.1 µs | 0.06 |
    //! | export (JSON lines) | 23.8 µs | 1.37 ms | 15 ms | 178 ms | 1.06 |
    //! | import | 86.3 µs | 3.54 ms | 44 ms | 352 ms | 1.00 |
    //! | read the article | 8.2 µs | 0.25 ms | 2.63 ms | 26 ms | 1.00 |
    //! | find in the whole article | 3.0 µs | 0.11 ms | 1.19 ms | 12 ms | 1.02 |
    //! | build all indexes | 14.9 µs | 1.23 ms | 16 ms | 182 ms | 1.08 |
    //! | find problems | 4.1 µs | 0.41 ms | 5.36 ms | 46 ms | 1.03 |
    //! | read the sidecar | 0.29 ms | 11 ms | 116 ms | 906 ms | 0.95 |
    //! | write the sidecar's text | 21.7 µs | 1.23 ms | 14 ms | 121 ms | 1.00 |
    //! | time the window waits for a save | 81 ns | 90 ns | 256 ns | 1.3 µs | 0.58 |
    //! | lay out and paint another screenful | 0.25 ms | 0.49 ms | 0.43 ms | 0.40 ms | -0.05 |
    //! | paint the same screenful, with its triangles | 0.10 ms | 0.23 ms | 0.10 ms | 89.8 µs | -0.21 |
    //!
    //! `benches/window.sh` drives the real window on a virtual display. A frame, in milliseconds of its
    //! thread (input, drawing, triangles; not the graphics driver), at 10 MB and 100,000 tags:
    //!
    //! | | median | 95 of 100 | worst |
    //! | --- | --- | --- | --- |
    //! | moving the caret | 0.4 | 0.7 | 1.0 |
    //! | growing the selection | 0.4 | 0.9 | 1.1 |
    //! | dragging | 0.4 | 0.6 | 0.9 |
    //! | wheel, Page Down held | 0.5 | 1.2 | 1.6 |
    //! | dragging the scroll bar from end to end | 0.7 | 0.9 | 1.2 |
    //! | tagging | 0.6 | 1.6 | 2.5 |
    //! | moving an edge | 0.7 | 1.0 | 1.3 |
    //! | deleting, undoing | 0.6 | 2.1 | 2.1 |
    //! | go to tag 90,000 in the list | 0.5 | 0.6 | 1.0 |
    //! | resizing, zooming | 0.8 | 2.8 | 2.8 |
    //! | finding while typing | 1.3 | 1.9 | 1.9 |
    //!
    //! From the file to text that can be read takes 0.1 s, to all tags 0.3 s (two idle cores); problems and
    //! suggestions follow. The window takes 130 MB with the sample (an empty window of the same toolkit: 92 MB),
    //! 243 MB with the tags and problems of the 10 MB article and 74,000 records of suggestions shown in it, and
    //! as much once it is saved (305 MB while it is). `benches/start.sh` compares the start of both
    //! windows: to the visible window 86 and 73 ms (1.18 times), 58 and 48 ms of the processor (1.20 times). One
    //! line of 10 MB, a tag over everything, 1,000 tags on a word and 50 levels of nesting are as fast. The
    //! worst frame is 9 ms, when tagging in a paragraph of 1 MB.
    //!
    //! 1,000 saved news pages (315 MB) become articles in 6 s of one processor and 32 MB of memory.
    //! `tests/evidence/hostile_documents.py` has documents made to stop a program (a million tags, tables within tables,
    //! attributes and spines without end, entities of entities, zip files that unpack to gigabytes) and documents of
    //! 100 MB: each is read or refused in 2 s of one processor and 450 MB.
    //!
    //! `tests/evidence/saved_pages.py` compares public pages with what is known of them. On a sample of 20 news pages the
    //! words of the text have a mean F1 of .982, the headline is right on 18, date and outlet on 20; on all 258 the mean
    //! is .961 (half of them above .988), the headline is right on 210, the date on 254, the outlet on 250. On 181 pages
    //! of another collection the mean is .952.
    //!
    //! `tests/evidence/reimport.py` makes pages of 302 tagged articles, changes them as outlets do (corrected words,
    //! paragraphs cut, added and moved, sentences reworded, all of it in the course of a day) and imports them again: of
    //! 139,860 tags whose words are there 98.7 % are on them, the others are told, none is silently elsewhere; of 4,347
    //! tags whose words are gone 4,346 are lost.
    //!
    //! `cargo bench --bench readers` gives each reader inputs made to be slow (one tag with 100,000 attributes, as
    //! many links to nothing, a message for every line …), doubles them and prints the power of the size with
    //! which the time grows. Of 166 shapes, measured beside other work, 85 were up to 1.1 and 143 up to 1.25, which
    //! is what sorted look-ups and a growing cache add; facts, TEI links, the links of Label Studio, repeated ids, stacked tags of
    //! WebAnno TSV and marks of line merges grew with up to the square then and were changed after that, and not
    //! measured again.
    //!
    //! `tests/evidence/memory_of_readers.sh 18000000` gives the command line the same inputs with about 18 MB. The
    //! goal is 8 times the input and 100 MB, of a container its contents: 211 of 261 inputs keep it. Those that do
    //! not take 1.0 to 2.7 times as much, 27 of them at most 1.25 times. Documents are handed on one by one, and an
    //! import refuses what no article has (300,000 tags, links or people, 10,000 attributes of a tag …), so that
    //! the rest is told early. What is left are tags of few bytes, which take some hundreds of bytes each, and
    //! sidecars of hundreds of thousands of records that cannot be read, which are all carried along.
    //!
    //! | reader | own export | a message for every record | most, and its goal | within the goal |
    //! | --- | --- | --- | --- | --- |
    //! | jsonl | 64 MB | 45 MB | unknown fields in lines: 232 of 270 MB | 15 of 15 |
    //! | csv | 172 MB | 47 MB | annotators: 473 of 262 MB | 7 of 10 |
    //! | tsv | 173 MB | 47 MB | own export: 173 of 315 MB | 3 of 3 |
    //! | brat | 153 MB | 45 MB | own export: 153 of 298 MB | 16 of 16 |
    //! | w3c | 126 MB | 32 MB | targets: 377 of 249 MB | 14 of 15 |
    //! | stam | 134 MB | 31 MB | data of one key: 271 of 247 MB | 11 of 12 |
    //! | labelstudio | 181 MB | 32 MB | labels of one region: 554 of 315 MB | 11 of 16 |
    //! | doccano | 203 MB | 44 MB | labels: 313 of 280 MB | 8 of 10 |
    //! | spacy | 217 MB | 250 MB | span groups: 308 of 254 MB | 8 of 13 |
    //! | cas-json | 176 MB | 33 MB | features: 324 of 285 MB | 8 of 10 |
    //! | xmi | 200 MB | 271 MB | views: 424 of 256 MB | 1 of 7 |
    //! | webannotsv | – | 46 MB | relations: 436 of 312 MB | 6 of 8 |
    //! | tei | 227 MB | 198 MB | links: 493 of 260 MB | 9 of 16 |
    //! | qdpx | 387 MB | 142 MB | sources: 274 of 253 MB | 9 of 11 |
    //! | conll | 119 MB | 263 MB | labels: 381 of 302 MB | 5 of 7 |
    //! | sidecar | 86 MB | 165 MB | messages: 726 of 264 MB | 12 of 20 |
    //! | schema, facts, assignments | – | 15 MB | articles of assignments: 258 of 265 MB | 19 of 19 |
    //! | files of articles | – | – | one article of LexisNexis: 369 of 282 MB | 48 of 53 |
    //!
    //! `benches/start.sh` measures from the start of the program to its visible window, beside an empty
    //! window of the toolkit.
    //!
    //! A thousand articles with 40,000 tags are exported in 0.3 to 0.5 s as `jsonl`, `csv`, `brat` or `w3c`,
    //! one article in memory at a time (`cargo bench -- folder`).
    //!
    //! `pullquote agree` on a thousand articles with two sidecars each (79,000 to 85,000 tags in all) takes 0.5 s on
    //! two cores that others use, too, and 0.9 s with γ. `pullquote stats` on 10,000 articles with a sidecar and
    //! facts each (430,000 tags) takes 1.7 s there, `pullquote search` 1.7 s to 2.1 s, nearly all of it reading.
    //! On another 10,000 articles (345,500 tags), with other work on both cores, `pullquote stats` took 2.9 s to 3.8 s
    //! (1.9 s of processor time), with `--plots` and `--report` 3.4 s, and `pullquote list --copies`, which finds articles
    //! with nearly the same text, 1.6 s to 2.4 s (1.1 s of processor time).
    //!
    //! `pullquote suggest - --jobs 1` takes 1.00 s of the processor for 3,020 news articles of 4.7 kB (3,000 a second), and
    //! 0.13 s for a text of 1 MB, as releases are built and beside other work. Under Apache Spark
    //! (`tests/evidence/spark_pipe.py`, 20,000 articles of 1.8 kB, two cores that others use, too) one worker gave 2,500
    //! and two gave 2,840 articles a second, where one process on its own gave 4,620; the lines were those of one
    //! process, also where one of two workers was killed. At the rate of two workers a million such articles take 0.2
    //! hours of one core, a hundred million 20.
    //!
    //! What the hands do is counted, too: the sample article tagged whole (16 quotes with those nested
    //! in them, 15 speakers, 16 claims, 29 links) costs 103 keys and no mouse (`cargo test effort`).
    //! `pullquote score --effort GOLD` plays gold quotes and their speakers through the same keys by
    //! someone who takes the cheapest way, with suggestions or (`--no-suggestions`) without, and prints the
    //! keys, clicks and drags each attribution costs and what for.
    //!
    //! `PULLQUOTE_FRAME_LOG=FILE pullquote article.txt` writes a line for each frame: milliseconds since
    //! the start, milliseconds of processor time, what was handled.
}
