/// Makes damaged files of sound ones: bytes changed, stretches cut, doubled or swapped, words of the
/// format's grammar put in. The same seed gives the same files.
pub(super) struct Mutator<'a> {
    state: u64,
    tokens: &'a [&'a str],
}

impl<'a> Mutator<'a> {
    pub(super) fn new(seed: u64, tokens: &'a [&'a str]) -> Self {
        Self {
            state: seed,
            tokens,
        }
    }

    /// A number below `bound`, by a generator of the xorshift kind.
    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let number = usize::try_from(self.state >> 33).unwrap();
        number % bound.max(1)
    }

    /// One of the seeds with one to eight changes.
    pub(super) fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(8) {
            self.change(&mut bytes);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let start = self.below(bytes.len() + 1);
        let length = [1, 4, 16, 64][self.below(4)];
        let end = (start + self.below(length + 1)).min(bytes.len());
        match self.below(9) {
            0 if start < bytes.len() => bytes[start] ^= 1 << self.below(8),
            1 if start < bytes.len() => bytes[start] = u8::try_from(self.below(256)).unwrap(),
            2 => drop(bytes.drain(start..end)),
            3 => {
                let doubled = bytes[start..end].to_vec();
                bytes.splice(end..end, doubled);
            }
            4 => {
                let moved: Vec<u8> = bytes.drain(start..end).collect();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, moved);
            }
            5 => bytes.truncate(start.max(bytes.len() / 4)),
            6 => self.swap_lines(bytes),
            7 => self.change_number(bytes, start),
            _ => {
                let token = self.tokens[self.below(self.tokens.len())];
                let over = if self.below(2) == 0 { start } else { end };
                bytes.splice(start..over, token.bytes());
            }
        }
    }

    fn swap_lines(&mut self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(3) {
            0 => lines.swap(one, other),
            1 => lines.insert(one, lines[other].clone()),
            _ => drop(lines.remove(one)),
        }
        *bytes = lines.join(&b'\n');
    }

    /// Makes another number of the first one after a place.
    fn change_number(&mut self, bytes: &mut Vec<u8>, from: usize) {
        let digit = |b: &u8| b.is_ascii_digit();
        let Some(start) = bytes[from..].iter().position(digit).map(|at| from + at) else {
            return;
        };
        let length = bytes[start..].iter().take_while(|b| digit(b)).count();
        let number = match self.below(4) {
            0 => self.below(100).to_string(),
            1 => "4294967295".to_owned(),
            2 => format!("-{}", self.below(9)),
            _ => "18446744073709551616".to_owned(),
        };
        bytes.splice(start..start + length, number.into_bytes());
    }
}
