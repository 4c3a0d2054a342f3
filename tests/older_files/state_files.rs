use std::fs;

use pullquote::ops::{OpenRequest, open_in};
use pullquote::store::backups;

use super::fixture::unpacked;

#[test]
fn a_reading_position_is_found() {
    let corpus = unpacked("plain");
    let request = OpenRequest {
        article: corpus.path("article.txt"),
        ..OpenRequest::default()
    };
    let opened = open_in(&request, Some(&corpus.state())).unwrap();
    let position = opened.position.unwrap();
    assert_eq!((position.caret, position.top), (120.into(), 84.into()));
}

#[test]
fn earlier_versions_are_listed() {
    let corpus = unpacked("plain");
    for (name, was) in [
        ("article.txt.ron", "“It is not.”"),
        ("article.txt.maria.ron", "annotator: \"maria\""),
        ("article.txt", "“It is not.”"),
    ] {
        let found = backups(&corpus.path(name), &corpus.state());
        assert_eq!(found.len(), 1, "{name}");
        let text = fs::read_to_string(&found[0].path).unwrap();
        assert!(text.contains(was) && text != corpus.read(name), "{name}");
    }
}
