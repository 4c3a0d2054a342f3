use crate::model::QuoteForm;

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalKind {
    /// A quote of this form.
    Quote(QuoteForm),
    /// A claim.
    Claim,
}

impl ProposalKind {
    /// Quotes of every form.
    pub const QUOTES: [Self; 3] = [
        Self::Quote(QuoteForm::Direct),
        Self::Quote(QuoteForm::Mixed),
        Self::Quote(QuoteForm::Indirect),
    ];

    /// Of a quote its form.
    #[must_use]
    pub fn form(self) -> Option<QuoteForm> {
        match self {
            Self::Quote(form) => Some(form),
            Self::Claim => None,
        }
    }
}

impl From<QuoteForm> for ProposalKind {
    fn from(form: QuoteForm) -> Self {
        Self::Quote(form)
    }
}
