//! English words that reporting is made of, and the commonest German ones, as data: the verbs, nouns and
//! adjectives that report are in `assets/lexicon`. No German word is listed that is a common word of
//! English too.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// One or several of the lists below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Words(u64);

impl Words {
    /// No list.
    pub(super) const NONE: Self = Self(0);

    /// Whether a word, in lower case, is in one of them.
    pub(super) fn has(self, lower: &str) -> bool {
        self.meets(lists_of(lower))
    }

    /// Whether they have a list in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum List { $($name,)* }
        $($(#[$doc])* pub(super) const $name: Words = Words(1 << List::$name as u64);)*
        const LISTS: &[(Words, &str)] = &[$(($name, $text),)*];
    };
}

/// The words of a list; what is behind a `#` is for people.
fn words_of(list: &str) -> impl Iterator<Item = &str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

/// Every word with its lists.
#[derive(Default)]
struct ListsByWord {
    /// Words of at most 16 bytes: told apart without a look at memory elsewhere.
    short: FxHashMap<ShortWord, Words>,
    long: FxHashMap<&'static str, Words>,
}

/// A word of at most 16 bytes: how many, and the first and the last of them, which may overlap.
type ShortWord = (usize, u64, u64);

/// `None` where it is longer.
fn short_word(word: &str) -> Option<ShortWord> {
    let bytes = word.as_bytes();
    let (first, last) = match bytes {
        [] => (0, 0),
        [one] => (u64::from(*one), 0),
        _ => {
            let eight = bytes.first_chunk().zip(bytes.last_chunk());
            let four = || bytes.first_chunk().zip(bytes.last_chunk());
            let two = || bytes.first_chunk().zip(bytes.last_chunk());
            if let Some((first, last)) = eight {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            } else if let Some((first, last)) = four() {
                let [first, last] = [first, last].map(|four| u32::from_le_bytes(*four));
                (first.into(), last.into())
            } else {
                let (first, last) = two()?;
                let [first, last] = [first, last].map(|two| u16::from_le_bytes(*two));
                (first.into(), last.into())
            }
        }
    };
    (bytes.len() <= 16).then_some((bytes.len(), first, last))
}

static LISTS_BY_WORD: LazyLock<ListsByWord> = LazyLock::new(|| {
    let mut all = ListsByWord::default();
    for (list, text) in LISTS {
        for word in words_of(text) {
            let lists = match short_word(word) {
                Some(short) => all.short.entry(short).or_default(),
                None => all.long.entry(word).or_default(),
            };
            *lists = lists.or(*list);
        }
    }
    all
});

/// The lists a word is in, in lower case.
pub(super) fn lists_of(lower: &str) -> Words {
    let lists = match short_word(lower) {
        Some(short) => LISTS_BY_WORD.short.get(&short),
        None => LISTS_BY_WORD.long.get(lower),
    };
    lists.copied().unwrap_or_default()
}

words! {
    /// Forms of verbs that report, seldom anything else.
    REPORTING = include_str!("../../assets/lexicon/reporting_verbs.txt");

    /// German ones, whose subject may be after them: "sagte Merkel", "teilte die Polizei mit".
    GERMAN = include_str!("../../assets/lexicon/german_verbs.txt");

    /// The same, that are as often nouns: they report only after a subject, or before *that*.
    OFTEN_NOUNS = include_str!("../../assets/lexicon/verbs_often_nouns.txt");

    /// Verbs that attribute a thought or a wish; speech wins over them.
    WEAK = include_str!("../../assets/lexicon/verbs_of_thought.txt");

    /// Verbs that judge, plead or deny: their object is nearly always what was said.
    JUDGES = include_str!("../../assets/lexicon/verbs_of_judging.txt");

    /// Verbs whose object, or infinitive, is more often a thing than what was said: "found the keys",
    /// "continues to grow".
    SELDOM_QUOTES = include_str!("../../assets/lexicon/verbs_with_things.txt");

    /// Verbs whose object, as a subject of the passive, is not the speaker.
    TAKES_HEARER = include_str!("../../assets/lexicon/verbs_with_hearer_in_passive.txt");

    /// Verbs after which a hearer may be before what is said.
    BEFORE_HEARER = include_str!("../../assets/lexicon/verbs_before_hearer.txt");

    /// Adjectives that report before *that*: "has been clear that".
    REPORTING_ADJECTIVE = include_str!("../../assets/lexicon/reporting_adjectives.txt");

    /// Nouns that report before *that*: "allegations that".
    REPORTING_NOUN = include_str!("../../assets/lexicon/reporting_nouns.txt");

    /// Verbs of what somebody thinks, wants or decides, besides those that report.
    ATTITUDE_VERB = include_str!("../../assets/lexicon/verbs_of_attitude.txt");

    /// Nouns of the same: "support for".
    ATTITUDE_NOUN = include_str!("../../assets/lexicon/nouns_of_attitude.txt");

    /// Adjectives of the same: "critical of".
    ATTITUDE_ADJECTIVE = include_str!("../../assets/lexicon/adjectives_of_attitude.txt");

    /// Verbs of what somebody is to do: "urged them to leave".
    TAKES_INFINITIVE_CLAUSE = include_str!("../../assets/lexicon/verbs_with_infinitive_clause.txt");

    /// Numbers in words.
    NUMBER_WORD = include_str!("../../assets/lexicon/claims_numbers.txt");

    /// What statistics of money and work are about.
    MONEY = include_str!("../../assets/lexicon/claims_money.txt");

    /// What records of public affairs are about.
    PUBLIC_AFFAIRS = include_str!("../../assets/lexicon/claims_public_affairs.txt");

    /// Words that compare.
    COMPARISON = include_str!("../../assets/lexicon/claims_comparisons.txt");

    /// Words that leave no exception.
    TOTAL = include_str!("../../assets/lexicon/claims_totals.txt");

    /// Words that say what came of what.
    CAUSE = include_str!("../../assets/lexicon/claims_causes.txt");

    /// Words of opinion and wish.
    OPINION = include_str!("../../assets/lexicon/claims_opinions.txt");

    /// Words of what is not yet so.
    FUTURE = include_str!("../../assets/lexicon/claims_future.txt");

    /// Helping verbs.
    AUXILIARY = "
        has have had having is are was were be been being do does did will would shall should may
        might can could must cannot won't didn't doesn't don't hasn't haven't hadn't wouldn't
        couldn't isn't wasn't aren't weren't not never to";

    /// Words that may be between a subject and its verb.
    ADVERB = "
        also later then previously earlier again once still now even just repeatedly famously
        together twice perhaps sometimes quite very reportedly recently already long often always first further once soon thus too ever
        himself herself themselves itself both all instead simply flatly merely only actually
        apparently";

    /// Articles and what is in their place.
    DETERMINER = "
        the a an this that these those his her its their our my your some several many few most
        one two three four five six seven eight nine ten another any each every both no other
        others' various numerous dozens hundreds thousands two-thirds
        der die das ein eine einer ihr ihre sein seine";

    /// Possessive pronouns, which are determiners too.
    POSSESSIVE = "his her its their our my your";

    /// Prepositions.
    PREPOSITION = "
        of in on at by for with from to about against between into through during before after
        above below under over near toward towards among across behind beyond despite except
        inside outside since until upon within without via per amid amidst as like than off out
        around along onto up down following including regarding concerning versus besides
        nach mit für bei zu aus gegen über seit zum zur beim vom laut";

    /// Words that link clauses.
    CONJUNCTION = "and or but nor yet so because although though while whereas if unless when
        whenever where wherever whether that which who whom whose what why how once since as
        until before after than lest whilst albeit whoever whomever whichever whatever whose
        provided either neither hence therefore thus otherwise
        und aber oder dass weil obwohl ob wenn während nachdem bevor sobald solange sodass denn
        indem damit welche welcher welches welchen deren dessen";

    /// Pronouns that can be speakers, or refer to one.
    PRONOUN = crate::text::PERSONAL_PRONOUNS;

    /// The speaker of a quotation, in it.
    FIRST_PERSON = "i we us me my our you";

    /// Pronouns in the subject's place.
    SUBJECT_PRONOUN = "he she they we it i you who others some many one both
        er sie es wir ich";

    /// Function words that are no name even where a capital starts them.
    COMMON = "
        the a an this that these those and or but nor yet so because although though while whereas
        if unless when whenever where whether which who whom whose what why how once since as
        until before after of in on at by for with from to about against between into through
        during above below under over near toward towards among across behind beyond despite
        except inside outside upon within without amid is are was were be been being do does did
        has have had will would shall should may might can could must not never no yes he she they
        we it i you him her them us me his its their our my your there here then now also even
        just only still too very more most much many some any all both each every few several
        such other another one two three four five six seven eight nine ten first second last next
        new old good great big small long high however meanwhile moreover furthermore nevertheless
        instead perhaps maybe indeed asked according earlier later today tomorrow yesterday
        tonight soon often always sometimes never again once let's let don't didn't i'm it's
        that's he's she's they're we're you're i've we've they've you've i'll we'll you'll he'll
        she'll they'll it'll i'd he'd she'd they'd we'd you'd it'd
        there's what's who's isn't won't can't couldn't wouldn't doesn't nothing something
        everything anything nobody somebody everybody because thanks thank please well oh ok
        almost nearly roughly approximately half rather already maybe whatever
        okay like unlike given speaking following including say says said told think know see get
        got go make made take look want need use back part way thing things lot time year years
        week month day days
        der die das ein eine einer und aber doch dass wir ich er sie es ihr ihre sein seine nach
        mit für bei zu aus gegen über seit zum zur beim vom laut im auf auch noch dann dort hier wie wenn
        angaben worten aussage gestern heute nicht damit dies diese dieser dieses bisher jetzt";

    /// Days and months: capitalised, but not names.
    CALENDAR = "
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december mon tue wed thu fri sat sun jan feb
        mar apr jun jul aug sep sept oct nov dec christmas easter thanksgiving a.m p.m am pm est
        edt gmt et utc
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz
        juni juli oktober dezember";

    /// Countries, states and cities that reports come from; the words of a name joined by `_`.
    PLACE = "
        us u.s u.s.a usa united_states america uk u.k united_kingdom britain great_britain england
        scotland wales ireland northern_ireland eu european_union europe asia africa north_america
        south_america latin_america middle_east russia china france germany italy spain portugal
        poland ukraine belarus turkey greece cyprus malta hungary austria switzerland belgium
        netherlands luxembourg denmark norway sweden finland iceland estonia latvia lithuania
        romania bulgaria serbia croatia slovenia slovakia bosnia kosovo albania macedonia
        montenegro moldova czech_republic armenia azerbaijan kazakhstan uzbekistan iran iraq syria
        israel gaza west_bank lebanon saudi_arabia yemen oman qatar kuwait bahrain united_arab_emirates
        egypt libya tunisia algeria morocco sudan south_sudan ethiopia somalia kenya uganda rwanda
        nigeria niger mali ghana senegal cameroon congo angola zambia zimbabwe mozambique
        south_africa india pakistan bangladesh afghanistan sri_lanka nepal myanmar thailand vietnam
        cambodia laos malaysia singapore indonesia philippines japan taiwan hong_kong north_korea
        south_korea korea mongolia australia new_zealand canada mexico cuba haiti brazil argentina
        chile peru bolivia colombia venezuela ecuador paraguay uruguay panama nicaragua honduras
        guatemala el_salvador costa_rica puerto_rico soviet_union
        alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii
        idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
        minnesota mississippi missouri montana nebraska nevada new_hampshire new_jersey new_mexico
        new_york new_york_city north_carolina north_dakota ohio oklahoma oregon pennsylvania
        rhode_island south_carolina south_dakota tennessee texas utah vermont virginia
        west_virginia wisconsin wyoming
        washington moscow beijing london paris berlin brussels rome madrid vienna warsaw kiev kyiv
        tokyo seoul pyongyang tehran baghdad damascus aleppo jerusalem tel_aviv cairo istanbul
        ankara kabul islamabad new_delhi geneva munich frankfurt hamburg los_angeles san_francisco
        chicago boston philadelphia detroit miami seattle las_vegas new_orleans silicon_valley
        deutschland frankreich russland polen österreich schweiz türkei vereinigte_staaten
        großbritannien europa wien brüssel moskau warschau münchen";

    /// What may be before a name as part of it.
    TITLE = "
        mr mrs ms miss dr prof professor sir lady lord madam president vice-president vice
        secretary minister premier chancellor senator sen congressman congresswoman representative
        rep governor gov mayor general gen colonel col major maj captain capt lieutenant lt
        sergeant sgt admiral adm commander corporal cpl officer judge justice attorney ambassador
        amb king queen prince princess pope bishop archbishop cardinal reverend rev father sister
        imam rabbi sheikh ayatollah chairman chairwoman chair chief director coach detective
        sheriff deputy speaker spokesman spokeswoman spokesperson former ex then-president
        secretary-general us u.s american russian chancellor st hon undersecretary assistant acting
        state republican democrat democratic gop
        frau herr bundeskanzlerin bundeskanzler kanzlerin kanzler bundespräsident präsident
        präsidentin ministerpräsident ministerpräsidentin ministerin außenminister außenministerin
        innenminister innenministerin finanzminister finanzministerin bürgermeister bürgermeisterin
        oberbürgermeister oberbürgermeisterin regierungssprecher regierungssprecherin generalsekretär";

    /// Those of them, and of the words for people, that no name begins with: "Judge" is one, "King"
    /// and "Guy" are not.
    SURE_TITLE = "
        admiral ambassador archbishop attorney bishop captain chair chairman chairwoman chancellor
        chief col colonel commissioner congressman congresswoman counsel dame director dr envoy gen
        general gov governor judge justice leader lieutenant lord lt maj major mayor minister miss
        mr mrs ms officer pope premier president prince princess prof professor queen rep
        representative rev secretary sen senator sergeant sgt sheriff sir speaker spokesman
        spokesperson spokeswoman";

    /// Words for people and bodies that speak.
    SPEAKER_NOUN = "
        spokesman spokeswoman spokesperson spokespeople spokesmen official officials secretary
        minister ministers president presidents vice-president premier chancellor senator senators
        congressman congresswoman lawmaker lawmakers legislator legislators representative
        representatives governor governors mayor mayors general generals colonel captain
        lieutenant sergeant admiral commander commanders officer officers judge judges justice
        prosecutor prosecutors attorney attorneys lawyer lawyers counsel ambassador diplomat
        diplomats aide aides adviser advisers advisor advisors strategist strategists analyst
        analysts expert experts economist economists researcher researchers scientist scientists
        professor professors author authors writer writers journalist journalists reporter
        reporters editor editors columnist commentator commentators critic critics supporter
        supporters opponent opponents voter voters candidate candidates nominee activist activists
        protester protesters demonstrators organizer organizers leader leaders chairman chairwoman
        chair chief chiefs director directors executive executives manager managers boss owner
        owners founder co-founder ceo head heads member members resident residents neighbor
        neighbors witness witnesses victim victims relative relatives friend friends parent parents
        mother father brother sister son daughter wife husband man men woman women boy girl student
        students teacher teachers doctor doctors nurse physician patient patients worker workers
        employee employees employer farmer farmers trader traders investor investors banker
        driver pilot coach player players fan fans source sources insider insiders insiders police
        detective detectives sheriff investigator investigators authorities authority regulator
        regulators agency agencies agent agents department ministry government administration
        campaign committee commission council court panel board bureau office embassy union company
        companies firm bank corporation newspaper magazine network website outlet media press
        report reports study survey poll statement letter memo document documents filing complaint
        lawsuit indictment transcript group groups coalition organization organisation
        organizations party parties team watchdog institute university church army military
        militants rebels soldiers troops forces republicans democrats conservatives liberals
        people person persons americans russians someone somebody everyone everybody nobody anyone
        observers historians celebrity singer actor actress artist director filmmaker pastor priest
        bishop rabbi imam clergy chief-of-staff speaker plaintiff plaintiffs defendant defendants
        suspect juror jurors colleague colleagues ally allies successor predecessor rival rivals
        deputy counterpart counterparts veteran veterans consultant consultants publisher host
        anchor moderator interviewer correspondent whistleblower immigrant immigrants refugee
        refugees migrant migrants passenger passengers customer customers shopper guest
        economist billionaire businessman businesswoman mogul tycoon politician politicians
        congress parliament senate kremlin pentagon staff staffer staffers team crowd advocates
        advocate proponents pundits pollster pollsters liaison watchdogs publication post article
        intelligence coroner firefighters technician superintendent principal trustee delegates
        delegate surrogate surrogates kids child children teen teenager youth couple family
        families lady guy guys king queen prince princess pope
        sprecher sprecherin polizei staatsanwaltschaft regierung behörde ministerium minister
        ministerin kanzlerin experte expertin forscher forscherin vorsitzende vorsitzender";

    /// Those of them, and others, that are no single person: "he" is none of them.
    BODY = "
        department departments ministry government governments administration campaign committee
        commission council councils court panel board bureau office embassy union company companies
        firm bank corporation newspaper magazine network website outlet media press report reports
        study survey poll statement letter memo document group groups coalition organization
        organisation organizations party parties team watchdog institute university church army
        military militants rebels soldiers troops forces congress parliament senate kremlin pentagon
        staff crowd agency agencies authority authorities police intelligence publication family
        couple association society club federation foundation house city town state country school
        hospital people officials";

    /// Who is called so is seldom somebody named before: "the old man".
    SOMEBODY = "
        man woman boy girl guy lady gentleman teenager pensioner neighbor neighbour resident
        villager stranger passer-by farmer fisherman driver passenger shopper customer tourist";

    /// Those of them that speak without an article.
    BARE_SPEAKER = "
        police officials authorities lawmakers prosecutors critics experts analysts sources
        supporters opponents researchers scientists economists investigators republicans democrats
        reporters journalists witnesses people residents voters activists protesters americans
        russians congress someone somebody everyone everybody nobody anyone";

    /// Adjectives that go with them without an article.
    MODIFIER = "
        former senior top local federal state chief deputy acting interim high-ranking
        high-level unnamed anonymous official current new western foreign military political
        national international public private legal american russian european british chinese
        french german israeli iranian syrian turkish ukrainian u.s us u.k uk eu un white black
        young old republican democratic conservative liberal independent prominent leading other
        many some several most more few two three dozens then-";

    /// Bodies named so in passing: alone they are not a surname.
    NO_SURNAME = "
        house department committee party office university court council ministry agency
        administration campaign government company group bank street times post news institute
        center centre association commission bureau board states state kingdom union nations
        congress senate city county school college church security service police party jr sr ii
        iii iv";

    /// Small words inside a name.
    NAME_LINK = "of de van von der den ter bin bint ibn ben al el la le du di da dal della y dos
        del & for";

    /// Those of them that a name may begin with: "van Gogh", "bin Laden".
    NAME_PARTICLE = "de van von der den ter bin bint ibn ben al el la le du di da dal della dos del";

    /// Names that end as adverbs do.
    LY_NAME = "
        kelly emily italy lily sally billy molly polly beverly reilly o'reilly connolly donnelly
        kimberly carly shelly holly willy wally nelly jolly daly healy foley";

    /// First names of women.
    FEMALE_NAME = "
        alice amy angela ann anna anne barbara betty carol carolyn catherine christine claire
        deborah diana donna dorothy elizabeth emily emma eva hannah helen hillary huma ivanka jane
        janet jennifer jessica jill joan judith julia julie karen kate katherine katie kelly
        kellyanne kim laura linda lisa margaret maria marie mary megyn melania michelle nancy
        nicole olivia patricia rachel rebecca ruth sandra sarah sharon sophie stephanie susan
        theresa valerie victoria virginia wendy abigail amanda andrea april beth brenda caroline cathy
        charlotte cheryl chloe christina cindy courtney cynthia debbie denise dorothea ellen erica erin
        esther fiona frances gabrielle gina gloria grace heather heidi ingrid irene isabel jacqueline
        jeanne jenna jenny joanna josephine joyce judy kathleen kathy katrina kristen kristin lauren
        leah lisbeth lois lori louise lucy lynn marcia maureen megan melissa michele miriam monica
        naomi natalie natasha pamela paula peggy penny phyllis rita roberta rosa rose samantha sheila
        sherry shirley sonia stacy tamara tammy tara teresa tiffany tina tracy ursula vanessa yvonne";

    /// First names of men.
    MALE_NAME = "
        adam alan albert alexander andrew anthony arthur barack ben bernie bill bob boris brian
        carl charles chris christopher daniel dave david dennis donald doug ed edward emmanuel eric
        frank fred gary george gerald greg harry henry hugo jack james jason jeff jeremy jerry jim
        joe john johnny jonathan jose joseph karl keith ken kevin larry lawrence lee marco mark
        martin matthew michael mike mitch mitt newt nicholas patrick paul peter philip ralph raymond
        rex richard rick robert roger ron ronald rudy ryan sam scott sean sergey simon stephen
        steve steven ted thomas tim tom tony vladimir walter wayne william aaron alex allan alfred
        andre andy antonio arnold arthur austin barry benjamin bernard billy bobby brad bradley brandon
        brendan brent brett bruce bryan caleb cameron carlos chad charlie chuck clarence clark
        cliff clint connor craig curtis dale dan danny darren dean dennis derek dick dominic douglas
        duncan dylan earl eddie edwin eli elliott ernest ethan evan fernando francisco franklin gavin
        geoffrey gilbert glen glenn gordon graham harold harvey herbert herman howard hubert ian isaac
        ivan jacob jake jared javier jay jeb jeffrey jeremiah jerome jesus jimmy joel jon jonah josh
        joshua juan julian justin karim kenneth kent kurt kyle leon leonard leroy liam lloyd louis
        lucas luis luke malcolm marcus mario marshall marvin matt max mel micah miguel milton mohammed
        muhammad nate nathan nathaniel neil nelson noah norman oliver omar oscar otto owen pedro pete
        phil preston rafael randy ray reggie rene ricardo rob rodney roland ross roy russell samuel
        seth shane stanley stefan stuart tad terence theodore timothy todd travis trevor tyler victor
        vince vincent warren will wolfgang zach zachary";

    /// Titles that say where to: "Ambassador to Kenya".
    POSTED = "
        ambassador envoy adviser advisor aide assistant consul counsel counselor counsellor delegate
        liaison representative";

    /// Titles that say where from: "Senator from Ohio".
    ELECTED = "senator sen congressman congresswoman delegate rep representative";

    /// What places are named with: "Grand Mosque", "Hudson River".
    PLACE_NOUN = "
        mosque church cathedral temple airport stadium hotel hospital tower bridge river square
        avenue street road building island islands beach valley mountain mountains lake sea ocean
        bay coast region province district border park plaza palace arena hall harbor harbour canal
        gulf desert peninsula";
}

/// Forms of reporting verbs in any use.
pub(super) const REPORTS: Words = REPORTING.or(OFTEN_NOUNS);

/// Whether `lower` is the form of a reporting verb in any use.
pub(super) fn is_reporting(lower: &str) -> bool {
    REPORTS.has(lower)
}
