/// Very many strings, one after the other in one: each takes its bytes and four more. All of them together
/// have less than 4 GB.
#[derive(Debug, Default)]
pub(super) struct PackedStrings {
    text: String,
    /// Where each one ends, in bytes.
    ends: Vec<u32>,
}

impl PackedStrings {
    /// Adds one at the end; gives its number, from 0.
    pub(super) fn push(&mut self, string: &str) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(string);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
        number
    }

    /// One by its number; empty where there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        let end = |number: u32| {
            let end = self.ends.get(usize::try_from(number).unwrap_or(usize::MAX));
            end.map_or(0, |end| *end as usize)
        };
        let start = number.checked_sub(1).map_or(0, end);
        self.text.get(start..end(number)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_as_it_was() {
        let mut strings = PackedStrings::default();
        let all = ["", "“a”", "", "b", "“a”"];
        for (n, string) in (0..).zip(all) {
            assert_eq!(strings.push(string), n);
        }
        let found: Vec<&str> = (0..6).map(|n| strings.get(n)).collect();
        assert_eq!(found, ["", "“a”", "", "b", "“a”", ""]);
    }
}
