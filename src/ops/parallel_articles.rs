//! Work on many articles on all cores, a few at a time.

use rayon::prelude::*;

use super::Progress;
use crate::store::ArticleFile;

/// So many articles are worked on between two reports of progress; as many are kept in memory besides.
const AT_ONCE: usize = 256;

/// Does `work` on each article and hands the results over in the order of the articles.
pub(super) fn for_each_article<R: Send>(
    articles: &[ArticleFile],
    progress: &mut dyn FnMut(Progress),
    work: impl Fn(&ArticleFile) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let (mut done, total) = (0, articles.len());
    let of = |some: &[ArticleFile]| some.par_iter().map(&work).collect::<Vec<R>>();
    let mut waiting = Vec::new();
    for some in articles.chunks(AT_ONCE) {
        progress(Progress { done, total });
        done += some.len();
        // While some are worked on, those before them are handed over.
        waiting = std::thread::scope(|scope| {
            let next = std::thread::Builder::new()
                .name("articles".to_owned())
                .spawn_scoped(scope, || of(some));
            waiting.drain(..).for_each(&mut take);
            let next = next.map(std::thread::ScopedJoinHandle::join);
            match next {
                Ok(Ok(results)) => results,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(_) => of(some),
            }
        });
    }
    waiting.into_iter().for_each(take);
}
