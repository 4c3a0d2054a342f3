//! What is said about a tag, back and forth.

use super::PeerWork;
use crate::model::{Authorship, Document, ReviewKey};

/// Something said in a thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// By whom and when.
    pub said: Authorship,
    /// The words.
    pub text: String,
}

impl PeerWork {
    /// All that was said about a tag or all the work of an annotator, the earliest first; `own` is one's own
    /// document.
    #[must_use]
    pub fn thread(&self, key: &ReviewKey, own: &Document) -> Vec<Said> {
        let others = self.colleagues().iter().map(|work| &work.document);
        let mut all = Vec::new();
        for document in std::iter::once(own).chain(others) {
            let Some(review) = document.set().peer_review(key) else {
                continue;
            };
            if !review.reason.is_empty() {
                let said = review.made.as_ref().map(|made| (**made).clone());
                let unnamed = Authorship {
                    by: document.meta().annotator.clone().unwrap_or_default(),
                    at: None,
                };
                all.push(Said {
                    said: said.unwrap_or(unnamed),
                    text: review.reason.clone(),
                });
            }
            all.extend(review.replies.iter().map(|reply| Said {
                said: reply.said.clone(),
                text: reply.text.clone(),
            }));
        }
        all.sort();
        all.dedup();
        all
    }
}
