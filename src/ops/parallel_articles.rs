//! Work on many articles on all cores, a few at a time.

use rayon::prelude::*;

use super::Progress;
use crate::store::ArticleFile;

/// So many articles are in memory between two reports of progress.
const AT_ONCE: usize = 256;

/// Does `work` on each article and hands the results over in the order of the articles.
pub(super) fn for_each_article<R: Send>(
    articles: &[ArticleFile],
    progress: &mut dyn FnMut(Progress),
    work: impl Fn(&ArticleFile) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let (mut done, total) = (0, articles.len());
    for some in articles.chunks(AT_ONCE) {
        progress(Progress { done, total });
        done += some.len();
        let results: Vec<R> = some.par_iter().map(&work).collect();
        results.into_iter().for_each(&mut take);
    }
}
