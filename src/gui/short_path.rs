//! Long paths in messages, shortened in the middle, so that what is said about them stays.

/// Characters of a path's start that are kept where there is room.
const START: usize = 12;

/// Words in at most `most` characters, as far as shortening paths in their middle gets them there. The
/// last two parts of a path stay.
pub(crate) fn with_short_paths(words: &str, most: usize) -> String {
    let mut shown = words.to_owned();
    let is_separator = |c: char| c == '/' || c == '\\';
    let mut paths: Vec<&str> = words
        .split_whitespace()
        .filter(|word| word.matches(is_separator).count() > 2)
        .collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.len()));
    for path in paths {
        let too_many = shown.chars().count().saturating_sub(most);
        if too_many == 0 {
            break;
        }
        let end = path.rmatch_indices(is_separator).nth(1);
        let Some((start, end)) = end.and_then(|(at, _)| path.split_at_checked(at)) else {
            continue;
        };
        let kept = start.chars().count().saturating_sub(too_many + 1);
        if start.chars().count() > kept + 1 {
            let kept: String = start.chars().take(kept.min(START)).collect();
            shown = shown.replacen(path, &format!("{kept}…{end}"), 1);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::with_short_paths;

    #[test]
    fn a_path_loses_its_middle_and_nothing_else() {
        let words = "/home/ann/articles/of/the/year/one.txt: there is no such file";
        assert_eq!(with_short_paths(words, 80), words);
        let short = "/home/ann/ar…/year/one.txt: there is no such file";
        assert_eq!(with_short_paths(words, 50), short);
        let shortest = "…/year/one.txt: there is no such file";
        assert_eq!(with_short_paths(words, 20), shortest);
        assert_eq!(with_short_paths("a and/or b", 3), "a and/or b");
    }
}
