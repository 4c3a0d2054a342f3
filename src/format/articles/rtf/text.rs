//! The paragraphs of an RTF file.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::aside::{Asides, Goes, LeftOut};
use super::code_page::{by_charset, by_number};
use super::tokens::{Token, Tokens};
use crate::format::articles::paragraph::Paragraph;
use crate::format::articles::text_limit::TextLimit;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) paragraphs: Vec<Paragraph>,
    /// What is not in them.
    pub(super) left_out: LeftOut,
    /// What a person should know.
    pub(super) doubts: Vec<String>,
}

/// What holds in a group; the group within it begins with the same.
#[derive(Debug, Clone, Copy)]
struct State {
    goes: Goes,
    /// Bytes that a program skips which reads the Unicode character before them.
    fallback: usize,
    font: i32,
    bold: bool,
    hidden: bool,
    deleted: bool,
    /// Nothing was in the group so far but `\*`.
    optional: bool,
}

struct Reader {
    state: State,
    groups: Vec<State>,
    /// The code page of the document, and those of its fonts.
    page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    raw_utf8: bool,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// How much of a fallback is still to be skipped.
    skip: usize,
    /// The first half of a character that takes two.
    high: Option<u16>,
    paragraph: Paragraph,
    plain_words: bool,
    bold_words: bool,
    in_table: bool,
    name: String,
    note: String,
    asides: Asides,
    limit: TextLimit,
    document: Document,
}

/// Groups within groups, at most.
const DEEPEST: usize = 10_000;

/// Reads a file.
pub(super) fn read(rtf: &[u8]) -> Result<Document, String> {
    let has_raw = rtf.iter().any(|byte| *byte >= 0x80);
    let mut reader = Reader {
        state: State {
            goes: Goes::Text,
            fallback: 1,
            font: -1,
            bold: false,
            hidden: false,
            deleted: false,
            optional: false,
        },
        groups: Vec::new(),
        page: WINDOWS_1252,
        fonts: BTreeMap::new(),
        raw_utf8: has_raw && std::str::from_utf8(rtf).is_ok(),
        bytes: Vec::new(),
        skip: 0,
        high: None,
        paragraph: Paragraph::default(),
        plain_words: false,
        bold_words: false,
        in_table: false,
        name: String::new(),
        note: String::new(),
        asides: Asides::default(),
        limit: TextLimit::default(),
        document: Document::default(),
    };
    for token in Tokens::new(rtf) {
        reader.token(token)?;
        reader.limit.check()?;
    }
    reader.decode();
    reader.limit.check()?;
    Ok(reader.finish())
}

impl Reader {
    fn token(&mut self, token: Token<'_>) -> Result<(), String> {
        match token {
            Token::Open => {
                self.decode();
                self.skip = 0;
                if self.groups.len() >= DEEPEST {
                    return Err(format!("its groups are nested more than {DEEPEST} deep"));
                }
                self.state.optional = false;
                self.asides.open_group();
                self.groups.push(self.state);
            }
            Token::Close => self.close(),
            Token::Byte(byte) => {
                self.state.optional = false;
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.bytes.push(byte);
                }
            }
            Token::Text(text) => self.raw(text),
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => self.word(word, number),
        }
        Ok(())
    }

    fn close(&mut self) {
        self.decode();
        self.skip = 0;
        let ended = self.state.goes;
        let depth = self.groups.len();
        let Some(outer) = self.groups.pop() else {
            return;
        };
        self.asides.close(depth, &mut self.document.left_out);
        self.state = outer;
        if ended == outer.goes {
            return;
        }
        match ended {
            Goes::Bookmark => {
                let name = std::mem::take(&mut self.name);
                self.paragraph.bookmarks.push(name.trim().to_owned());
            }
            Goes::Note => self.end_note(),
            Goes::Text | Goes::Fonts | Goes::Aside(_) | Goes::Table | Goes::Codes => {}
        }
    }

    fn end_note(&mut self) {
        let note = std::mem::take(&mut self.note);
        if !note.trim().is_empty() {
            self.paragraph.notes.push(note.trim().to_owned());
        }
    }

    /// Bytes as they are in the file.
    fn raw(&mut self, mut text: &[u8]) {
        self.state.optional = false;
        if self.skip > 0 {
            let skipped = self.skip.min(text.len());
            self.skip -= skipped;
            text = text.get(skipped..).unwrap_or_default();
            if self.raw_utf8 {
                // A fallback is a character, not a part of one.
                let rest = text.iter().take_while(|byte| (0x80..0xc0).contains(*byte));
                text = text.get(rest.count()..).unwrap_or_default();
            }
        }
        if text.is_empty() {
            return;
        }
        if self.raw_utf8 {
            self.decode();
            let text = String::from_utf8_lossy(text);
            self.push(&text);
        } else {
            self.bytes.extend_from_slice(text);
        }
    }

    /// Turns the bytes so far into text.
    fn decode(&mut self) {
        self.high = None;
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self
            .fonts
            .get(&self.state.font)
            .copied()
            .unwrap_or(self.page);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        match self.state.goes {
            Goes::Text if self.state.hidden => {
                self.document.left_out.add("hidden passages", text);
            }
            Goes::Text if self.state.deleted => {
                self.document.left_out.add("deleted passages", text);
            }
            Goes::Text => {
                if !text.trim().is_empty() {
                    self.bold_words |= self.state.bold;
                    self.plain_words |= !self.state.bold;
                }
                self.paragraph.text.push_str(text);
            }
            Goes::Bookmark => {
                self.name.push_str(text);
                self.asides.push(text);
            }
            Goes::Note => self.note.push_str(text),
            Goes::Fonts | Goes::Aside(_) | Goes::Table | Goes::Codes => self.asides.push(text),
        }
    }

    fn symbol(&mut self, symbol: u8) {
        let text = match symbol {
            b'~' => "\u{a0}",
            b'_' => "\u{2011}",
            b'\\' | b'{' | b'}' => {
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.bytes.push(symbol);
                }
                return;
            }
            b'*' => {
                self.state.optional = true;
                return;
            }
            b'\n' | b'\r' => return self.end_paragraph(false),
            // A place where a word may be parted, and marks of an index.
            _ => return,
        };
        self.decode();
        self.push(text);
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        if word != b"u" {
            self.decode();
            self.skip = 0;
        }
        let is_on = number != Some(0);
        let optional = std::mem::take(&mut self.state.optional);
        match word {
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => {
                // No program writes more.
                let length = number.and_then(|number| usize::try_from(number).ok());
                self.state.fallback = length.filter(|length| *length <= 8).unwrap_or(1);
            }
            b"bin" if self.state.goes == Goes::Text => {
                self.document.left_out.add("binary data", "");
            }
            b"ansicpg" => match number.and_then(by_number) {
                Some(page) => self.page = page,
                None => {
                    let words = "its code page is not known; it was read as windows-1252";
                    self.document.doubts.push(words.to_owned());
                }
            },
            b"mac" => self.page = encoding_rs::MACINTOSH,
            b"f" => self.state.font = number.unwrap_or(-1),
            b"fcharset" if self.state.goes == Goes::Fonts => {
                if let Some(encoding) = number.and_then(by_charset) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            b"cpg" if self.state.goes == Goes::Fonts => {
                if let Some(encoding) = number.and_then(by_number) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            b"b" => self.state.bold = is_on,
            b"v" => self.state.hidden = is_on,
            b"deleted" => self.state.deleted = is_on,
            b"plain" => {
                (self.state.bold, self.state.hidden) = (false, false);
                self.state.deleted = false;
            }
            b"pard" => {
                self.paragraph.centred = false;
                self.in_table = false;
            }
            b"qc" => self.paragraph.centred = true,
            b"ql" | b"qr" | b"qj" => self.paragraph.centred = false,
            b"intbl" => self.in_table = true,
            b"par" if self.in_table => self.push("\n"),
            b"par" => self.end_paragraph(false),
            b"sect" | b"page" => self.end_paragraph(true),
            b"row" => self.end_paragraph(false),
            b"line" => self.push("\n"),
            b"tab" => self.push("\t"),
            b"cell" | b"nestcell" => self.push_cell(),
            _ => self.other_word(word, optional),
        }
    }

    fn push_cell(&mut self) {
        if self.state.goes == Goes::Text {
            let words = self.paragraph.text.trim_end_matches([' ', '\n']).len();
            self.paragraph.text.truncate(words);
            self.paragraph.text.push('\t');
        } else {
            self.push("\t");
        }
    }

    fn other_word(&mut self, word: &[u8], optional: bool) {
        let text = match word {
            b"emdash" => "—",
            b"endash" => "–",
            b"lquote" => "‘",
            b"rquote" => "’",
            b"ldblquote" => "“",
            b"rdblquote" => "”",
            b"bullet" => "•",
            b"emspace" => "\u{2003}",
            b"enspace" => "\u{2002}",
            b"qmspace" => "\u{2005}",
            b"zwj" => "\u{200d}",
            b"zwnj" => "\u{200c}",
            _ => return self.destination(word, optional),
        };
        self.push(text);
    }

    /// A word that says where the words of its group go.
    fn destination(&mut self, word: &[u8], optional: bool) {
        let is_aside = match self.state.goes {
            Goes::Aside(_) | Goes::Table | Goes::Codes | Goes::Fonts => true,
            Goes::Text | Goes::Bookmark | Goes::Note => false,
        };
        let goes = match word {
            b"fonttbl" => Goes::Fonts,
            // The words of a box, of which there is a second version for old programs.
            b"shptxt" | b"ud" => Goes::Text,
            b"bkmkstart" if !is_aside => Goes::Bookmark,
            b"footnote" if !is_aside => Goes::Note,
            b"annotation" => Goes::Aside("comments"),
            b"atnid" | b"atnauthor" => Goes::Aside("authors of comments"),
            b"pict" | b"shppict" => {
                if !is_aside {
                    self.document.left_out.add("pictures", "");
                }
                Goes::Table
            }
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl"
            | b"footerr" | b"footerf" => Goes::Aside("page headers and footers"),
            b"info" | b"generator" => Goes::Aside("document properties"),
            b"fldinst" => Goes::Aside("field codes"),
            b"xe" | b"tc" | b"tcn" | b"rxe" | b"txe" => Goes::Aside("index entries"),
            b"listtext" | b"pntext" => Goes::Aside("numbers of lists"),
            b"shprslt" | b"upr" => Goes::Aside("versions for old programs"),
            b"colortbl"
            | b"stylesheet"
            | b"nonshppict"
            | b"objdata"
            | b"listtable"
            | b"listoverridetable"
            | b"revtbl"
            | b"rsidtbl"
            | b"themedata"
            | b"datastore"
            | b"latentstyles"
            | b"panose"
            | b"colorschememapping"
            | b"blipuid"
            | b"pgdsctbl" => Goes::Table,
            b"ftnsep" | b"ftnsepc" | b"aftnsep" | b"objclass" | b"bkmkend" | b"pnseclvl"
            | b"xmlnstbl" | b"xmlns" | b"wgrffmtfilter" | b"picprop" | b"sn" | b"sv" | b"falt" => {
                Goes::Codes
            }
            b"shpinst" => Goes::Aside("words for other programs"),
            _ if !optional => return,
            // It goes where the words around it go.
            _ if is_aside => return,
            _ => Goes::Aside("words for other programs"),
        };
        self.state.goes = goes;
        self.asides.open(self.groups.len(), goes);
    }

    fn unicode(&mut self, number: i32) {
        let Ok(unit) = u16::try_from(number & 0xffff) else {
            return;
        };
        let high = self.high.take();
        if !self.bytes.is_empty() {
            self.decode();
        }
        match (
            high,
            char::decode_utf16(high.into_iter().chain([unit])).next(),
        ) {
            (_, Some(Ok(c))) => self.push(c.encode_utf8(&mut [0; 4])),
            (None, _) if (0xd800..0xdc00).contains(&unit) => self.high = Some(unit),
            (_, _) => self.push("\u{fffd}"),
        }
        self.skip = self.state.fallback;
    }

    fn end_paragraph(&mut self, ends_page: bool) {
        self.decode();
        if self.state.goes == Goes::Note {
            return self.note.push('\n');
        }
        if self.state.goes != Goes::Text {
            return self.push("\n");
        }
        let centred = self.paragraph.centred;
        let mut paragraph = std::mem::take(&mut self.paragraph);
        paragraph.bold = self.bold_words && !self.plain_words;
        paragraph.ends_page = ends_page;
        paragraph
            .text
            .truncate(paragraph.text.trim_end_matches('\t').len());
        (self.bold_words, self.plain_words) = (false, false);
        if self.limit.has_room(paragraph.text.len()) {
            self.document.paragraphs.push(paragraph);
        }
        // It holds until it is changed.
        self.paragraph.centred = centred;
    }

    fn finish(mut self) -> Document {
        self.decode();
        if !self.groups.is_empty() {
            let words = "it does not end as RTF does; it may be cut off";
            self.document.doubts.push(words.to_owned());
        }
        if self.raw_utf8 {
            let words = "it holds bytes of UTF-8, though RTF has none; they were read as UTF-8";
            self.document.doubts.push(words.to_owned());
        }
        self.asides.end(&mut self.document.left_out);
        self.end_note();
        self.state.goes = Goes::Text;
        self.end_paragraph(true);
        self.document
    }
}
