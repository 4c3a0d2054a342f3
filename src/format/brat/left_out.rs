use crate::format::RecordProblem;

/// So many lines are shown for one cause, the rest is counted.
const SHOWN: usize = 5;
/// So much of a line is shown, in characters; a note is longer than other lines.
const LONGEST: usize = 300;

/// What was left out of a file, by cause.
#[derive(Default)]
pub(super) struct LeftOut {
    causes: Vec<(String, Vec<(usize, String)>)>,
    second_file: Option<SecondFile>,
}

/// A file whose lines follow those of the first.
pub(super) struct SecondFile {
    pub(super) name: String,
    /// How many lines the first file has.
    pub(super) after: usize,
}

impl LeftOut {
    pub(super) fn new(second_file: Option<SecondFile>) -> Self {
        Self {
            causes: Vec::new(),
            second_file,
        }
    }

    /// Notes a line that was left out, and why.
    pub(super) fn add(&mut self, line: usize, text: &str, why: &str) {
        self.tell(line, text, format!("left out, {why}"));
    }

    /// Notes something about a line, by its cause.
    pub(super) fn tell(&mut self, line: usize, text: &str, cause: String) {
        let mut shown: String = text.chars().take(LONGEST).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        match self.causes.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, lines)) => lines.push((line, shown)),
            None => self.causes.push((cause, vec![(line, shown)])),
        }
    }

    /// A message for each cause, by line.
    pub(super) fn into_messages(self) -> Vec<RecordProblem> {
        let second = self.second_file;
        let place = |line: usize| match &second {
            Some(file) if line > file.after => {
                Err(format!("{}:{}: ", file.name, line - file.after))
            }
            _ => Ok(line),
        };
        let messages = self.causes.into_iter().map(|(cause, mut lines)| {
            lines.sort();
            let first = lines
                .first()
                .map_or(1, |(line, _)| place(*line).unwrap_or(1));
            let shown = lines
                .iter()
                .take(SHOWN)
                .enumerate()
                .map(|(n, (line, text))| match place(*line) {
                    Ok(_) if n == 0 => text.clone(),
                    Ok(line) => format!("line {line}: {text}"),
                    Err(place) => format!("{place}{text}"),
                });
            let shown: Vec<String> = shown.collect();
            let more = match lines.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            RecordProblem {
                line: first,
                message: format!("{cause}: {}{more}", shown.join("; ")),
            }
        });
        let mut messages: Vec<RecordProblem> = messages.collect();
        messages.sort();
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once_with_the_lines_it_is_about() {
        let mut left_out = LeftOut::new(Some(SecondFile {
            name: "a.a2".to_owned(),
            after: 9,
        }));
        for line in 3..12 {
            left_out.add(line, "Q1", "unknown kind of line");
        }
        left_out.add(11, "T2", "it is outside the text");
        let shown: Vec<_> = left_out.into_messages();
        let shown: Vec<_> = shown.iter().map(|p| (p.line, &*p.message)).collect();
        assert_eq!(
            shown,
            [
                (1, "left out, it is outside the text: a.a2:2: T2"),
                (
                    3,
                    "left out, unknown kind of line: Q1; line 4: Q1; line 5: Q1; line 6: Q1; \
                     line 7: Q1 (and 4 more)"
                ),
            ]
        );
    }
}
