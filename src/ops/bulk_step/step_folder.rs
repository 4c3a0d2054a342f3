use std::path::{Path, PathBuf};

/// What a path above the folder of the articles begins with, once for each level.
const UP: &str = "../";

/// The folder that holds all files of a step: that of its articles, or one above it, where the project has its schema.
#[derive(Debug)]
pub(super) struct StepFolder {
    path: PathBuf,
    /// The folder of the articles, from this one.
    articles: PathBuf,
}

impl StepFolder {
    /// The lowest that holds all `files` of a step over the articles in `root`. They are named from there, as
    /// [`named_from`] does.
    pub(super) fn holding<'a>(root: &Path, files: impl Iterator<Item = &'a str>) -> Self {
        let up = files
            .map(|file| levels_up(file).0)
            .max()
            .unwrap_or_default();
        let path = root.ancestors().nth(up).unwrap_or(root);
        Self {
            path: path.to_owned(),
            articles: root.strip_prefix(path).unwrap_or(Path::new("")).to_owned(),
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a file of the step below this folder.
    pub(super) fn below(&self, file: &str) -> PathBuf {
        let (up, below) = levels_up(file);
        let from = self.articles.ancestors().nth(up);
        from.unwrap_or(Path::new("")).join(below)
    }

    /// Where a file of the step is.
    pub(super) fn join(&self, file: &str) -> PathBuf {
        self.path.join(self.below(file))
    }
}

fn levels_up(mut file: &str) -> (usize, &str) {
    let mut up = 0;
    while let Some(below) = file.strip_prefix(UP) {
        file = below;
        up += 1;
    }
    (up, file)
}

/// The path of a file from a folder, with `/`: below it, or in a folder above it. `None` where it is somewhere else, or
/// its name is no text.
pub(super) fn named_from(root: &Path, file: &Path) -> Option<String> {
    let (up, below) = match file.strip_prefix(root) {
        Ok(below) => (0, below),
        Err(_) => {
            let folder = file.parent()?;
            let levels = root.strip_prefix(folder).ok()?.components().count();
            (levels, Path::new(file.file_name()?))
        }
    };
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(format!("{}{}", UP.repeat(up), parts?.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_the_articles() {
        let root = Path::new("/c/wire/may");
        let named = |file: &str| named_from(root, Path::new(file));
        assert_eq!(named("/c/wire/may/x/a.txt").as_deref(), Some("x/a.txt"));
        assert_eq!(named("/c/p.ron").as_deref(), Some("../../p.ron"));
        assert_eq!(named("/d/p.ron"), None);
        let folder = StepFolder::holding(root, ["x/a.txt", "../../p.ron"].into_iter());
        assert_eq!(folder.path(), Path::new("/c"));
        assert_eq!(folder.below("x/a.txt"), Path::new("wire/may/x/a.txt"));
        assert_eq!(folder.below("../b.ron"), Path::new("wire/b.ron"));
        assert_eq!(folder.join("../../p.ron"), Path::new("/c/p.ron"));
        let here = StepFolder::holding(root, ["x/a.txt"].into_iter());
        assert_eq!(
            (here.path(), here.below("x/a.txt").as_path()),
            (root, Path::new("x/a.txt"))
        );
    }
}
