//! What on a page is not the article, by the names its elements have.

use super::super::html_tree::Element;

/// What something is that is not the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Boilerplate {
    Menu,
    Consent,
    Share,
    Related,
    Newsletter,
    Comments,
    Caption,
    Author,
    Advertisement,
    Facts,
    Subscription,
    Player,
    PullQuote,
    Form,
    Footer,
    Aside,
    Hidden,
    Code,
}

impl Boilerplate {
    /// In a few words, for a person.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Consent => "cookie notice",
            Self::Share => "share links",
            Self::Related => "related articles",
            Self::Newsletter => "newsletter",
            Self::Comments => "comments",
            Self::Caption => "caption",
            Self::Author => "byline and author box",
            Self::Advertisement => "advertisement",
            Self::Facts => "dates, tags and other facts",
            Self::Subscription => "subscription offer",
            Self::Player => "player",
            Self::PullQuote => "pull quote",
            Self::Form => "form",
            Self::Footer => "footer",
            Self::Aside => "box beside the text",
            Self::Hidden => "hidden text",
            Self::Code => "program text",
        }
    }

    /// How much of the text of a page it may hold at most, in percent; more than that is the article
    /// under a misleading name.
    pub(super) fn largest_share(self) -> u64 {
        match self {
            Self::Code => 100,
            Self::Comments => 80,
            Self::Consent => 60,
            Self::Menu | Self::Footer => 45,
            Self::Related => 35,
            Self::Newsletter | Self::Hidden | Self::Form => 25,
            Self::Share | Self::Advertisement | Self::Subscription => 15,
            Self::Author
            | Self::Aside
            | Self::Caption
            | Self::Facts
            | Self::Player
            | Self::PullQuote => 10,
        }
    }

    /// Whether it is of the page, wherever the article is.
    pub(super) fn is_clear(self) -> bool {
        match self {
            Self::Code | Self::Comments | Self::Consent | Self::Menu | Self::Footer => true,
            Self::Share
            | Self::Related
            | Self::Newsletter
            | Self::Caption
            | Self::Author
            | Self::Advertisement
            | Self::Facts
            | Self::Subscription
            | Self::Player
            | Self::PullQuote
            | Self::Form
            | Self::Aside
            | Self::Hidden => false,
        }
    }
}

/// What a whole element is, by its tag and attributes. `inside` is whether it is within an article.
pub(super) fn boilerplate(element: &Element, inside: bool) -> Option<Boilerplate> {
    use Boilerplate as B;
    match element.name() {
        "script" | "style" | "head" | "noscript" | "iframe" | "object" | "embed" | "svg"
        | "canvas" | "link" | "meta" | "map" => return Some(B::Code),
        "template" if element.attribute("shadowrootmode").is_none() => return Some(B::Code),
        "nav" | "menu" => return Some(B::Menu),
        "aside" => return Some(named(element).unwrap_or(B::Aside)),
        "footer" => return Some(named(element).unwrap_or(B::Footer)),
        "form" | "button" | "select" | "textarea" | "input" | "fieldset" => {
            return Some(named(element).unwrap_or(B::Form));
        }
        "dialog" => return Some(named(element).unwrap_or(B::Hidden)),
        "audio" | "video" => return Some(B::Player),
        "figcaption" | "amp-img" => return Some(B::Caption),
        "time" if !inside => return Some(B::Facts),
        "html" | "body" | "main" | "article" | "h1" => return None,
        _ => {}
    }
    let attribute = |name: &str| element.attribute(name);
    match attribute("role") {
        Some("navigation" | "menu" | "menubar" | "search" | "banner") => return Some(B::Menu),
        Some("complementary") => return Some(named(element).unwrap_or(B::Aside)),
        Some("contentinfo") => return Some(B::Footer),
        Some("dialog" | "alertdialog") => return Some(named(element).unwrap_or(B::Hidden)),
        _ => {}
    }
    let style = attribute("style").unwrap_or_default();
    let hides = [
        "display:none",
        "display: none",
        "visibility:hidden",
        "visibility: hidden",
    ];
    if attribute("hidden").is_some()
        || attribute("aria-hidden") == Some("true")
        || hides.iter().any(|hide| style.contains(hide))
    {
        return Some(named(element).unwrap_or(B::Hidden));
    }
    match attribute("itemprop") {
        Some("articleBody" | "headline" | "description") => return None,
        Some("caption") => return Some(B::Caption),
        Some("author") if element.name() != "span" || !inside => return Some(B::Author),
        _ => {}
    }
    // A paragraph behind a paywall is one of the article; the offer is a box.
    let of_text = |kind: &Boilerplate| element.name() == "p" && *kind == B::Subscription;
    named(element).filter(|kind| !of_text(kind))
}

/// Whether the names of an element say that it is the beginning of an article: a standfirst.
pub(super) fn is_lead(element: &Element) -> bool {
    const LEAD: &[&str] = &[
        "lead",
        "lede",
        "standfirst",
        "dek",
        "deck",
        "subtitle",
        "subhead",
        "subheadline",
        "subheading",
        "intro",
        "introduction",
        "excerpt",
        "abstract",
        "chapo",
        "chapeau",
        "sapo",
        "vorspann",
        "bajada",
        "entradilla",
        "sottotitolo",
        "summary",
        "synopsis",
        "description",
        "teaser",
        "preamble",
        "ingress",
        "strapline",
        "tagline",
        "lid",
        "inleiding",
        "leadtext",
        "anleser",
        "copete",
    ];
    element.attribute("itemprop") == Some("description")
        || names(element)
            .split_ascii_whitespace()
            .any(|word| LEAD.contains(&word))
}

/// The words in the classes and ids of an element, in lower case and in their order, with blanks between
/// them: `relatedLinks_box` has three.
fn names(element: &Element) -> String {
    const ATTRIBUTES: &[&str] = &[
        "class",
        "id",
        "data-component",
        "data-testid",
        "data-test-id",
        "data-gu-name",
        "data-type",
        "data-block",
        "data-module",
        "data-area",
    ];
    // Generated ones may be of any length.
    const LONGEST: usize = 200;
    let mut words = String::new();
    // Elements of a page's own are named for what they are: `amp-consent`.
    if element.name().contains('-') {
        words.extend(
            element
                .name()
                .chars()
                .map(|c| if c == '-' { ' ' } else { c }),
        );
    }
    for name in ATTRIBUTES {
        let Some(value) = element.attribute(name) else {
            continue;
        };
        let mut before = ' ';
        for c in value.chars() {
            if words.len() > LONGEST {
                break;
            }
            let begins = c.is_uppercase() && before.is_lowercase() || !before.is_alphanumeric();
            if c.is_alphanumeric() {
                if begins {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            before = c;
        }
    }
    words
}

/// Whether a class says that this is the text of the article, whatever others say.
fn is_text(element: &Element) -> bool {
    const TEXT: &[&str] = &[
        "entrycontent",
        "articlecontent",
        "articlebody",
        "articletext",
        "storybody",
        "storycontent",
        "storytext",
        "postcontent",
        "postbody",
        "bodycopy",
        "bodytext",
        "maincontent",
        "articlebodytext",
        "articlecopy",
        "newsbody",
        "newscontent",
        "textbody",
        "contentbody",
        "artikeltext",
        "corpsarticle",
        "cuerpo",
        "testoarticolo",
    ];
    element.classes().any(|class| {
        let letters: String = class.chars().filter(|c| c.is_alphanumeric()).collect();
        TEXT.contains(&letters.to_lowercase().as_str())
    })
}

fn named(element: &Element) -> Option<Boilerplate> {
    if is_text(element) {
        return None;
    }
    let words = names(element);
    let mut words = words.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or_default();
        if let Some(found) = by_pair((word, next)).or_else(|| by_word(word)) {
            return Some(found);
        }
    }
    None
}

fn by_pair(pair: (&str, &str)) -> Option<Boilerplate> {
    use Boilerplate as B;
    Some(match pair {
        ("most", "read" | "popular" | "viewed" | "commented" | "shared")
        | ("read", "more" | "next" | "also" | "on" | "further")
        | ("see", "also" | "more")
        | (
            "more",
            "from" | "on" | "stories" | "news" | "articles" | "links" | "posts" | "coverage",
        )
        | ("also", "read" | "like")
        | ("further", "reading")
        | ("up", "next")
        | ("next", "article" | "story" | "post" | "up")
        | ("latest", "news" | "stories" | "articles" | "posts" | "headlines")
        | ("top", "stories" | "news")
        | ("you", "may" | "might")
        | ("mehr", "zum")
        | ("lesen", "sie")
        | ("lire", "aussi")
        | ("article", "list" | "teaser" | "teasers" | "related" | "recommendations")
        | ("story", "list" | "teaser" | "card" | "cards" | "package")
        | (
            "teaser",
            "list" | "block" | "group" | "box" | "row" | "rail" | "item" | "items" | "card",
        )
        | ("link", "list" | "box")
        | ("in", "brief")
        | ("en", "relacion") => B::Related,
        ("about", "author" | "the")
        | ("author", "bio" | "box" | "info" | "card" | "profile")
        | ("post", "author")
        | ("written", "by") => B::Author,
        ("pull", "quote" | "quotes") => B::PullQuote,
        ("skip", "link" | "links" | "to")
        | ("site", "header" | "nav" | "map")
        | ("page", "header")
        | ("global", "header" | "nav")
        | ("main", "menu" | "nav")
        | ("top", "bar" | "nav")
        | ("back", "to") => B::Menu,
        ("site", "footer") | ("page", "footer") | ("global", "footer") => B::Footer,
        ("sign", "up" | "in") | ("mailing", "list") | ("email", "signup" | "form") => B::Newsletter,
        ("visually", "hidden")
        | ("sr", "only")
        | ("screen", "reader")
        | ("print", "only")
        | ("assistive", "text") => B::Hidden,
        ("post", "meta" | "date" | "tags" | "categories" | "info")
        | ("entry", "meta" | "footer" | "utility")
        | (
            "article",
            "meta" | "date" | "tags" | "info" | "metadata" | "topics" | "footer" | "utils",
        )
        | ("story", "meta" | "date" | "tags")
        | ("publish", "date")
        | ("date", "line" | "time" | "published")
        | ("published", "date")
        | ("last", "updated")
        | ("reading", "time")
        | ("meta", "data" | "info")
        | ("tag", "list" | "cloud") => B::Facts,
        ("image", "caption" | "credit" | "source" | "description" | "copyright")
        | ("photo", "caption" | "credit")
        | ("media", "caption" | "credit")
        | ("wp", "caption")
        | ("caption", "text") => B::Caption,
        ("fb", "comments" | "root") => B::Comments,
        ("follow", "us" | "button" | "buttons") => B::Share,
        _ => return None,
    })
}

fn by_word(word: &str) -> Option<Boilerplate> {
    use Boilerplate as B;
    Some(match word {
        "comment" | "comments" | "commentlist" | "commentarea" | "disqus" | "respond"
        | "kommentar" | "kommentare" | "commentaires" | "comentarios" | "commenti" | "reacties"
        | "livefyre" | "coral" | "openweb" | "viafoura" | "spotim" => B::Comments,
        "share" | "sharing" | "sharebar" | "sharebox" | "sharebuttons" | "sharedaddy"
        | "sharetools" | "shares" | "social" | "socials" | "socialmedia" | "addthis"
        | "addtoany" | "a2a" | "shariff" | "teilen" | "partage" | "compartir" => B::Share,
        "related" | "relatedarticles" | "relatedlinks" | "relatedposts" | "recommended"
        | "recommend" | "recommendation" | "recommendations" | "recirc" | "recirculation"
        | "outbrain" | "taboola" | "trending" | "popular" | "mostread" | "mostpopular"
        | "promo" | "promobox" | "readmore" | "jp" | "yarpp" | "crosslink" | "crosslinks"
        | "teasers" | "teaserlist" | "onward" | "nextup" | "moreon" | "relacionadas"
        | "relacionados" | "correlati" | "verwandt" | "seealso" | "zergnet" | "revcontent"
        | "plista" | "cxense" | "linkbox" | "inarticle" | "interlink" | "carousel" => B::Related,
        "newsletter" | "newsletters" | "signup" | "subscribe" | "mailchimp" | "optin" | "nl" => {
            B::Newsletter
        }
        "ad" | "ads" | "adbox" | "adslot" | "adunit" | "adcontainer" | "adwrapper" | "advert"
        | "adverts" | "advertisement" | "advertisements" | "advertising" | "advertorial"
        | "adsense" | "adsbygoogle" | "dfp" | "gpt" | "sponsor" | "sponsored" | "anzeige"
        | "werbung" | "publicidad" | "pubblicita" | "publicite" | "reklame" => B::Advertisement,
        "cookie" | "cookies" | "cookiebanner" | "cookiebar" | "consent" | "gdpr" | "cmp"
        | "onetrust" | "didomi" | "usercentrics" | "sourcepoint" | "ccpa" | "privacy" => B::Consent,
        "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb" | "breadcrumbs"
        | "masthead" | "toolbar" | "pagination" | "pager" | "paging" | "skiplink" | "sitemap"
        | "topbar" | "offcanvas" | "megamenu" | "hamburger" | "subnav" | "toc" => B::Menu,
        "footer" | "colophon" | "imprint" | "disclaimer" | "copyright" => B::Footer,
        "sidebar" | "sidebars" | "rail" | "rightrail" | "aside" | "widget" | "widgets"
        | "factbox" | "infobox" => B::Aside,
        "byline" | "bylines" | "author" | "authors" | "authorbox" | "authorbio" | "contributor"
        | "contributors" | "autor" | "autoren" | "auteur" | "bio" => B::Author,
        "caption" | "captions" | "figcaption" | "bildunterschrift" | "bildunterschrit"
        | "credit" | "credits" | "imagecaption" | "photocredit" | "legend" | "slideshow"
        | "lightbox" | "thumbnail" | "imagecredit" | "gallery" => B::Caption,
        "timestamp" | "datetime" | "pubdate" | "date" | "dates" | "dateline" | "tags"
        | "taglist" | "tagcloud" | "keywords" | "categories" | "topics" | "postmeta"
        | "metadata" | "meta" | "lastupdated" | "readtime" | "readingtime" | "eyebrow"
        | "kicker" | "flag" | "overline" => B::Facts,
        "paywall" | "regwall" | "piano" | "tinypass" | "abo" | "subscription" | "subscriptions"
        | "subscriber" | "subscribers" | "poool" | "donation" | "donate" | "membership"
        | "upsell" | "spendenbox" => B::Subscription,
        "player" | "videoplayer" | "audioplayer" | "jwplayer" | "podcast" | "vjs"
        | "brightcove" => B::Player,
        "pullquote" | "pullquotes" | "blockzitat" => B::PullQuote,
        "poll" | "quiz" | "survey" | "login" | "search" | "searchform" | "rating" | "ratings"
        | "feedback" => B::Form,
        "hidden" | "modal" | "popup" | "overlay" | "tooltip" | "lightboxes" | "offscreen"
        | "visuallyhidden" | "noprint" | "noprinting" => B::Hidden,
        _ => return None,
    })
}
