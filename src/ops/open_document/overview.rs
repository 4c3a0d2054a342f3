use crate::model::{Annotation, Schema};
use crate::text::{TextRange, TextSize};

/// How many parts of the text are distinguished.
const PARTS: u32 = 1024;

/// Where in a document tags of each label are, coarsely: the text in equal parts. Kept up to date
/// change by change, never counted again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Length of a stretch in bytes; the last ones may be behind the text.
    step: u32,
    /// Tags in use by label, in the order of the schema.
    labels: Vec<Vec<u32>>,
}

impl Overview {
    /// Of a text of this length with no tag.
    pub(super) fn of(len: TextSize, schema: &Schema) -> Self {
        let step = u32::from(len).div_ceil(PARTS).max(1);
        let parts = usize::try_from(u32::from(len).div_ceil(step)).unwrap_or_default();
        Self {
            step,
            labels: schema.labels().iter().map(|_| vec![0; parts]).collect(),
        }
    }

    /// Adds (`there`) or takes away what one tag contributes.
    pub(super) fn count(&mut self, schema: &Schema, tag: &Annotation, there: bool) {
        if tag.is_rejected() {
            return;
        }
        let mut labels = schema.labels().iter();
        let Some(counts) = labels
            .position(|label| label.key == tag.label)
            .and_then(|label| self.labels.get_mut(label))
        else {
            return;
        };
        let part = |at: u32| usize::try_from(at / self.step).unwrap_or_default();
        for range in tag.fragments.iter() {
            let (first, last) = (
                part(range.start().into()),
                part(u32::from(range.end()).saturating_sub(1)),
            );
            for count in counts.get_mut(first..=last).into_iter().flatten() {
                *count = if there {
                    *count + 1
                } else {
                    count.saturating_sub(1)
                };
            }
        }
    }

    /// Where tags of a label (its number in the schema) are: ranges of the text in bytes, disjoint
    /// and in order.
    pub fn stretches(&self, label: usize) -> impl Iterator<Item = TextRange> {
        let counts = self.labels.get(label).map_or(&[][..], Vec::as_slice);
        let mut at: usize = 0;
        std::iter::from_fn(move || {
            let from = at + counts.get(at..)?.iter().position(|count| *count > 0)?;
            let rest = counts.get(from..)?;
            let len = rest.iter().position(|count| *count == 0);
            at = from + len.unwrap_or(rest.len());
            let place = |part: usize| {
                let part = u32::try_from(part).unwrap_or(PARTS);
                TextSize::new(part.saturating_mul(self.step))
            };
            Some(TextRange::new(place(from), place(at)))
        })
    }
}
