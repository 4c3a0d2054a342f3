//! The guidelines of the project beside the text, with their examples, and the exam.

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, Frame, Id, Label, Margin, OutputCommand, RichText, ScrollArea, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::strong_text::{strong_ui, with_strong_marked};
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::said_of_tag::said_of_tag;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, command_button_ui};
use crate::model::{Document, Schema};
use crate::ops::ui_command::UiCommand;
use crate::ops::{ExamResult, Guidelines, Move, OpenDocument, PartContent};
use crate::text::wording::count;

/// The guidelines, as far as they are read.
#[derive(Default)]
pub(crate) struct GuidelinesPanel {
    /// `None`: the project names none, or they are not read yet.
    pub(crate) guidelines: Option<Guidelines>,
    /// Why they cannot be read.
    pub(crate) failed: Option<String>,
    /// The part to bring into view.
    pub(crate) reveal: Option<usize>,
    /// How the tags of the exam article compare with the right ones.
    pub(crate) exam: Option<ExamResult>,
    /// The article whose guidelines were read last, or are being read.
    pub(crate) read_for: Option<PathBuf>,
    /// The section about the current tag's label is to be shown once they are read.
    pub(crate) seeks_section: bool,
    /// The text of each part with its bold words marked; empty for examples.
    texts: Vec<String>,
    cache: CommonMarkCache,
}

impl GuidelinesPanel {
    /// Shows these guidelines from now on.
    pub(crate) fn show(&mut self, guidelines: Option<Guidelines>) {
        let parts = guidelines.iter().flat_map(|guidelines| &guidelines.parts);
        let texts = parts.map(|part| match &part.content {
            PartContent::Text(words) => with_strong_marked(words),
            PartContent::Example(_) | PartContent::Exam(_) => String::new(),
        });
        self.texts = texts.collect();
        self.guidelines = guidelines;
    }

    /// Whether an article is the exam of the project.
    pub(crate) fn is_exam(&self, open: &OpenDocument) -> bool {
        let answer = self.guidelines.as_ref().and_then(Guidelines::exam);
        answer.is_some_and(|answer| answer.source().as_str() == open.document().source().as_str())
    }

    /// The tab; returns what gets the keys' focus: its first button.
    pub(crate) fn guidelines_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
        queue: &mut VecDeque<AppCommand>,
    ) -> Option<Id> {
        let is_exam = self.is_exam(open);
        let has_exam = (self.guidelines.as_ref()).is_some_and(|known| known.exam().is_some());
        let mut entry = None;
        Frame::new()
            .inner_margin(Margin::symmetric(12, 4))
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    entry = Some(
                        command_button_ui(
                            ui,
                            cx,
                            UiCommand::OpenQuestions,
                            "Open questions",
                            queue,
                        )
                        .id,
                    );
                    if is_exam {
                        command_button_ui(
                            ui,
                            cx,
                            UiCommand::CompareExam,
                            "Compare with the answer",
                            queue,
                        );
                    } else if has_exam {
                        command_button_ui(ui, cx, UiCommand::TakeExam, "Take the exam", queue);
                    }
                });
                if let Some(result) = self.exam.as_ref().filter(|_| is_exam) {
                    exam_ui(ui, cx, open, result, queue);
                }
            });
        let Some(guidelines) = &self.guidelines else {
            let words = match &self.failed {
                Some(words) => words.clone(),
                None => "The project has no guidelines. Name a Markdown file in pullquote.ron: \
                         guidelines: \"guidelines.md\""
                    .to_owned(),
            };
            Frame::new()
                .inner_margin(Margin::symmetric(12, 4))
                .show(ui, |ui| {
                    ui.add(Label::new(RichText::new(words).color(cx.theme.muted)).wrap());
                });
            return entry;
        };
        let reveal = self.reveal.take();
        let (cache, texts) = (&mut self.cache, &self.texts);
        ScrollArea::vertical()
            .id_salt("guidelines")
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin::symmetric(12, 4))
                    .show(ui, |ui| {
                        for (n, part) in guidelines.parts.iter().enumerate() {
                            let shown = ui.push_id(n, |ui| match &part.content {
                                PartContent::Text(words) => {
                                    let words = texts.get(n).unwrap_or(words);
                                    let viewer = CommonMarkViewer::new();
                                    let viewer = viewer.render_math_fn(Some(&strong_ui));
                                    viewer.show(ui, cache, words);
                                }
                                PartContent::Example(example) => {
                                    example_ui(ui, cx, open.schema(), example.as_ref());
                                }
                                // What newcomers are to find out.
                                PartContent::Exam(_) => {}
                            });
                            if reveal == Some(n) {
                                ui.scroll_to_rect(shown.response.rect, Some(Align::TOP));
                            }
                        }
                    });
            });
        only_web_links(ui);
        entry
    }
}

/// Links open web pages and nothing else.
fn only_web_links(ui: &Ui) {
    let is_safe = |command: &OutputCommand| match command {
        OutputCommand::OpenUrl(open) => {
            open.url.starts_with("https://") || open.url.starts_with("http://")
        }
        OutputCommand::CopyText(_)
        | OutputCommand::TextSelectionSettled(_)
        | OutputCommand::CopyImage(_) => true,
    };
    ui.output_mut(|output| output.commands.retain(is_safe));
}

/// Text with its tags, as the guidelines want it.
fn example_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    example: Result<&Document, &String>,
) {
    let frame = Frame::new()
        .fill(cx.theme.surface)
        .inner_margin(Margin::same(8))
        .corner_radius(4);
    frame.show(ui, |ui| match example {
        Err(wrong) => {
            let words = format!("This example is wrong: {wrong}");
            ui.add(Label::new(RichText::new(words).color(cx.theme.warning)).wrap());
        }
        Ok(document) => {
            ui.add(Label::new(tagged_text(cx, schema, document)).wrap());
            for tag in document.set().annotations() {
                let said = said_of_tag(schema, document, tag).join(" · ");
                ui.add(Label::new(RichText::new(said).small().color(cx.theme.muted)).wrap());
            }
        }
    });
    ui.add_space(4.0);
}

/// The text with the colors of its tags.
fn tagged_text(cx: UiContext<'_>, schema: &Schema, document: &Document) -> LayoutJob {
    let source = document.source();
    let mut edges: Vec<_> = document
        .set()
        .annotations()
        .flat_map(|tag| tag.fragments.iter())
        .flat_map(|range| [range.start(), range.end()])
        .chain([0.into(), source.len()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut job = LayoutJob::default();
    for [start, end] in edges.array_windows() {
        let inside = document.set().innermost_at(*start);
        let inside = inside.filter(|tag| tag.fragments.iter().any(|range| range.contains(*start)));
        let mut format = TextFormat::simple(fonts::reading_font(14.0), cx.theme.text);
        if let Some(tag) = inside {
            let color = schema
                .label(&tag.label)
                .map_or("gray", |label| label.color.as_str());
            format.background = cx.theme.label_colors(color).tint;
        }
        job.append(
            source.slice(crate::text::TextRange::new(*start, *end)),
            0.0,
            format,
        );
    }
    job
}

/// The figures and what differs.
fn exam_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    result: &ExamResult,
    queue: &mut VecDeque<AppCommand>,
) {
    let heading = match result.differences.len() {
        0 => "No differences from the answer".to_owned(),
        n => format!("{} from the answer", count(n, "difference")),
    };
    ui.label(RichText::new(heading).font(fonts::bold_font(13.0)));
    for (label, score) in &result.score.labels {
        let name = LabelStyle::of(open.schema(), label).name;
        let words = format!(
            "{name}: F1 {:.2}, exact {:.2}",
            score.overlap.f1(),
            score.exact.f1()
        );
        ui.label(RichText::new(words).color(cx.theme.muted));
    }
    ScrollArea::vertical()
        .id_salt("exam")
        .max_height(220.0)
        .show(ui, |ui| {
            for one in &result.differences {
                let row = ui.add(Button::new(RichText::new(&one.words).small()).wrap());
                if row.clicked() {
                    queue.push_back(AppCommand::document_then_focus(Move::Seek(one.range)));
                }
            }
        });
}
