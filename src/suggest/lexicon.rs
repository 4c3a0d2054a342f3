//! English words that reporting is made of, and the commonest German ones, as data. No German word is
//! listed that is a common word of English too.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A set of words in lower case.
pub(super) struct Words(LazyLock<BTreeSet<&'static str>>);

impl Words {
    pub(super) fn has(&self, lower: &str) -> bool {
        self.0.contains(lower)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(super) static $name: Words =
            Words(LazyLock::new(|| $text.split_whitespace().collect()));)*
    };
}

words! {
    /// Forms of verbs that report, seldom anything else.
    REPORTING = "
        say says said saying tell tells told telling add adds added adding
        acknowledge acknowledges acknowledged acknowledging admit admits admitted admitting
        affirm affirms affirmed affirming allege alleges alleged alleging
        announce announces announced announcing argue argues argued arguing
        assert asserts asserted asserting assure assures assured assuring
        believe believes believed believing blast blasts blasted boast boasts boasted
        caution cautions cautioned cautioning claimed claiming comment commented commenting
        complain complains complained complaining concede concedes conceded conceding
        conclude concludes concluded concluding confess confesses confessed
        confirm confirms confirmed confirming contend contends contended contending
        contended counter countered cried criticized criticised criticizing
        declare declares declared declaring deny denies denied denying
        describe describes described describing disclose discloses disclosed disclosing
        emphasize emphasizes emphasized emphasizing emphasise emphasised
        exclaim exclaims exclaimed explain explains explained explaining
        insist insists insisted insisting joke jokes joked joking
        lament laments lamented lamenting maintains maintained maintaining
        mention mentions mentioned mentioning muse mused noted noting
        observes observed opine opined predict predicts predicted predicting
        proclaim proclaims proclaimed pronounce pronounced quip quips quipped
        read reads reply replies replied replying reported reportedly
        recall recalls recalled recalling reiterate reiterates reiterated reiterating
        remarked remarking respond responds responded responding retort retorted
        reveal reveals revealed revealing scoff scoffed shout shouts shouted
        speculate speculates speculated state states stated stating
        stress stresses stressed stressing suggest suggests suggested suggesting
        swore testify testifies testified testifying tweet tweeted tweeting
        underline underlined underscore underscored
        urge urges urged urging warn warns warned warning
        whispered write writes wrote writing think thinks thought thinking
        know knows knew feel feels felt hope hopes hoped hoping
        ask asks asked asking wonder wonders wondered wondering
        agree agrees agreed agreeing disagree disagreed
        accuse accuses accused accusing advise advises advised
        call calls called calling dub dubbed deem deemed
        propose proposes proposed recommend recommends recommended recommending
        promise promises promised promising pledge pledges pledged pledging
        vow vows vowed vowing threaten threatens threatened threatening
        refuse refuses refused decline declines declined
        want wants wanted expect expects expected
        estimate estimates estimated fear fears feared find finds found
        imply implied indicate indicates indicated indicating
        insinuated interjected continued continues began elaborated
        pointed points rejects rejected dismisses dismissed
        plans planned intends intended seeks sought hints hinted
        learned learnt realized realised realizes understands understood considers considered
        doubts doubted decided decides praised praises condemned condemns slammed
        demands demanded demanding requested shows showed showing quoted cited cites citing
        chant chants chanted chanting yell yells yelled yelling scold scolds scolded scream
        screams screamed snap snaps snapped fired shot interrupted repeat repeats repeated
        repeating demur demurred gush gushes gushed echo echoes echoed voiced person_counts voicing
        express expresses expressed expressing reassure reassured reassuring remind reminds
        reminded reminding inform informs informed denounce denounces denounced denouncing
        defend defends defended defending attacked attacks questioned questioning oppose opposes
        opposed support supports supported supporting endorse endorses endorsed endorsing favors
        favored blame blames blamed blaming praising worry worries worried worrying see sees saw
        view views viewed discuss discusses discussed discussing mock mocks mocked mocking
        referred refers referring hinting vouched proposes proposing proposed wants wishes
        wished prefers preferred rejecting dismissing clarified clarifies clarify credited credits
        encouraged encourages encouraging ridiculed lambasted decried decries decry bemoaned
        complaining lists listed argue notes surmised theorized contended posits posited apologized
        apologizes vows refusing declining seeking expecting likened compared calls labeled labels
        talked talks spoke speaks speaking quips mused
        sagte sagten sagt erklärte erklärten erklärt betonte betonten betont meinte meinten meint
        kritisierte kritisierten kritisiert forderte forderten fordert warnte warnten warnt berichtete
        berichteten berichtet teilte teilten fügte fügten antwortete behauptete bestätigte versicherte
        kündigte ergänzte erläuterte mahnte verlangte räumte schrieb schrieben schreibt";

    /// German ones, whose subject may be after them: "sagte Merkel", "teilte die Polizei mit".
    GERMAN = "
        sagte sagten sagt erklärte erklärten erklärt betonte betonten betont meinte meinten meint
        kritisierte kritisierten kritisiert forderte forderten fordert warnte warnten warnt berichtete
        berichteten berichtet teilte teilten fügte fügten antwortete behauptete bestätigte versicherte
        kündigte ergänzte erläuterte mahnte verlangte räumte schrieb schrieben schreibt";

    /// The same, that are as often nouns: they report only after a subject, or before *that*.
    OFTEN_NOUNS = "
        claims claim notes note reports report comments comment calls call plans states state
        points fears fear hopes hope estimates estimate promises promise pledge vow
        demands remarks doubts stress shows finds counter joke caution want wants reads read
        thought feels feel felt found find began continues continued called attacks attacked
        support supports worry worries blame view views person_counts credits lists labels talks echo
        echoes shot fired see saw favors listed compared preferred chant chants yell scream snap
        snaps repeat express discuss worried attacked supported repeated opposed credited
        question questioned";

    /// Verbs that attribute a thought or a wish; speech wins over them.
    WEAK = "
        believe believes believed believing think thinks thought thinking know knows knew
        feel feels felt hope hopes hoped hoping want wants wanted expect expects expected
        fear fears feared find finds found call calls called calling plans planned intends
        intended seeks sought considers considered understands understood decided decides
        learned learnt realized realised realizes shows showed agree agrees agreed began
        rejects rejected dismisses dismissed dub dubbed deem deemed refuse refuses refused
        decline declines declined accuse accuses accused ask asked asks urge urges urged
        continued continues describe describes described support supports supported supporting
        endorse endorses endorsed endorsing favors favored oppose opposes opposed blame blames
        blamed blaming worry worries worried worrying see sees saw view views viewed discuss
        discusses discussed discussing mock mocks mocked mocking wishes wished prefers preferred
        attacked attacks questioned questioning defend defends defended defending praises praised
        praising credited credits encouraged encourages lists listed likened compared labeled
        labels talked talks spoke speaks speaking referred refers referring cited cites citing
        showing shows showed expecting seeking refusing declining rejecting dismissing voiced
        express expresses expressed expressing criticized criticised criticizing denounce
        denounces denounced denouncing slammed condemned condemns mention mentions mentioned
        mentioning clarified apologized decried decries proposed proposes proposing ";

    /// Verbs whose object, as a subject of the passive, is not the speaker.
    TAKES_HEARER = "
        told tell tells asked ask asks accused urged advised assured warned informed reminded
        criticized criticised slammed praised condemned quoted called dubbed expected described
        deemed considered rejected dismissed";

    /// Verbs after which a hearer may be before what is said.
    BEFORE_HEARER = "
        tell tells told telling assure assures assured warn warns warned warning advise advises
        advised remind reminded inform informed ask asks asked urge urges urged convince";

    /// Adjectives that report before *that*: "has been clear that".
    REPORTING_ADJECTIVE = "
        clear adamant confident sure certain convinced concerned worried aware hopeful afraid
        doubtful optimistic skeptical sceptical insistent explicit unsure";

    /// Nouns that report before *that*: "allegations that".
    REPORTING_NOUN = "
        allegation allegations accusation accusations assertion assertions suggestion suggestions
        belief beliefs concern concerns fears warning warnings claim claims hopes statement
        statements conclusion conclusions announcement argument arguments prediction predictions
        rumor rumors rumours suspicion suspicions insistence assurance assurances complaint
        complaints";

    /// Helping verbs.
    AUXILIARY = "
        has have had having is are was were be been being do does did will would shall should may
        might can could must cannot won't didn't doesn't don't hasn't haven't hadn't wouldn't
        couldn't isn't wasn't aren't weren't not never to";

    /// Words that may be between a subject and its verb.
    ADVERB = "
        also later then previously earlier again once still now even just repeatedly famously
        quite very reportedly recently already long often always first further once soon thus too ever
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
    PRONOUN = "he she they we it i you him her them us me who himself herself themselves
        er sie es";

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
        that's he's she's they're we're you're i've we've they've i'll we'll you'll he'll
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
        theresa valerie victoria virginia wendy";

    /// First names of men.
    MALE_NAME = "
        adam alan albert alexander andrew anthony arthur barack ben bernie bill bob boris brian
        carl charles chris christopher daniel dave david dennis donald doug ed edward emmanuel eric
        frank fred gary george gerald greg harry henry hugo jack james jason jeff jeremy jerry jim
        joe john johnny jonathan jose joseph karl keith ken kevin larry lawrence lee marco mark
        martin matthew michael mike mitch mitt newt nicholas patrick paul peter philip ralph raymond
        rex richard rick robert roger ron ronald rudy ryan sam scott sean sergey simon stephen
        steve steven ted thomas tim tom tony vladimir walter wayne william";

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

/// Whether `lower` is the form of a reporting verb in any use.
pub(super) fn is_reporting(lower: &str) -> bool {
    REPORTING.has(lower) || OFTEN_NOUNS.has(lower)
}
