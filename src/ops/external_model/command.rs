use std::path::Path;
use std::time::Duration;

use smol_str::{SmolStr, format_smolstr};

/// A program that suggests.
#[derive(Debug, Clone)]
pub struct ModelCommand {
    /// The program and its arguments.
    words: Vec<String>,
    /// What it is called in messages.
    name: SmolStr,
    /// The longest it may take for a document.
    pub timeout: Duration,
    /// Takes each line of its standard error, on another thread.
    pub standard_error: fn(&str),
}

/// Why a command cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelCommandError {
    /// There is no program.
    #[error("name a program, such as `python3 model.py`")]
    Empty,
    /// A quotation mark or backslash is open.
    #[error("a quotation mark is not closed; close it, or put a backslash before it")]
    Open,
}

/// Endings of scripts, which other programs run.
const SCRIPTS: [&str; 10] = ["py", "sh", "js", "mjs", "ts", "rb", "pl", "r", "jl", "lua"];

impl ModelCommand {
    /// The longest a program usually may take for a document.
    pub const USUAL_TIMEOUT: Duration = Duration::from_secs(60);

    /// The command of a line that is split into words as a POSIX shell does. No shell runs: `|`, `>`, `$`,
    /// `*` and `~` are letters like others.
    ///
    /// # Errors
    /// [`ModelCommandError`] where there is no word, or the last one does not end.
    pub fn parse(line: &str) -> Result<Self, ModelCommandError> {
        let words = shlex::split(line).ok_or(ModelCommandError::Open)?;
        if words.first().is_none_or(String::is_empty) {
            return Err(ModelCommandError::Empty);
        }
        Ok(Self {
            name: name(&words),
            words,
            timeout: Self::USUAL_TIMEOUT,
            standard_error: |_| {},
        })
    }

    /// What it is called in messages: the file name of the script or program, without its ending.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The origin of what it suggests.
    pub(super) fn origin(&self) -> SmolStr {
        format_smolstr!("model/{}", self.name)
    }

    /// The program and its arguments.
    pub(super) fn words(&self) -> Option<(&String, &[String])> {
        self.words.split_first()
    }
}

/// The name of the first script among the words, else that of the program.
fn name(words: &[String]) -> SmolStr {
    let is_script = |word: &&String| {
        let ending = Path::new(word).extension();
        let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
        !word.starts_with('-') && ending.is_some_and(|ending| SCRIPTS.contains(&&*ending))
    };
    let word = words.iter().find(is_script).or_else(|| words.first());
    let stem = word.and_then(|word| Path::new(word).file_stem());
    stem.map_or_else(|| "program".into(), |stem| stem.to_string_lossy().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_in_a_shell() {
        let command =
            ModelCommand::parse(r#"python3 'my model.py' --say "a \"b\"" $HOME|x"#).unwrap();
        let words = ["python3", "my model.py", "--say", "a \"b\"", "$HOME|x"];
        assert_eq!(command.words, words);
        assert_eq!(command.name(), "my model");
        for (line, error) in [
            ("  ", ModelCommandError::Empty),
            ("''", ModelCommandError::Empty),
            ("a 'b", ModelCommandError::Open),
        ] {
            assert_eq!(ModelCommand::parse(line).unwrap_err(), error);
        }
    }

    #[test]
    fn it_is_called_after_its_script() {
        for (line, name) in [
            ("/usr/bin/tagger --fast", "tagger"),
            ("python3 -u tools/tag.py in.py", "tag"),
            ("./tag.PY", "tag"),
            ("python3 -m tag", "python3"),
        ] {
            assert_eq!(ModelCommand::parse(line).unwrap().name(), name);
        }
    }
}
