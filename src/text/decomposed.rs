//! Names that look the same are written in two ways: macOS writes an accent after its letter, others
//! both as one character.

/// Marks, and the letters with them, each followed by the letter without: the canonical
/// decompositions of Unicode up to U+30FF.
const MARKS: &[(char, &str)] = &[
    (
        '\u{300}',
        "ÀAÈEÌIÒOÙUàaèeìiòoùuǛÜǜüǸNǹnЀЕЍИѐеѝиḔĒḕēṐŌṑōẀWẁwẦÂầâẰĂằăỀÊềêỒÔồôỜƠờơỪƯừưỲYỳyἂἀἃἁἊἈἋἉἒἐἓἑἚἘἛἙἢἠἣἡἪἨἫἩἲἰἳἱἺἸἻἹὂὀὃὁὊὈὋὉὒὐὓὑὛὙὢὠὣὡὪὨὫὩὰαὲεὴηὶιὸοὺυὼωᾺΑῈΕῊΗῒϊῚΙῢϋῪΥῸΟῺΩ",
    ),
    (
        '\u{301}',
        "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǗÜǘüǴGǵgǺÅǻåǼÆǽæǾØǿøΆΑΈΕΉΗΊΙΌΟΎΥΏΩΐϊάαέεήηίιΰϋόούυώωϓϒЃГЌКѓгќкḈÇḉçḖĒḗēḮÏḯïḰKḱkḾMḿmṌÕṍõṒŌṓōṔPṕpṸŨṹũẂWẃwẤÂấâẮĂắăẾÊếêỐÔốôỚƠớơỨƯứưἄἀἅἁἌἈἍἉἔἐἕἑἜἘἝἙἤἠἥἡἬἨἭἩἴἰἵἱἼἸἽἹὄὀὅὁὌὈὍὉὔὐὕὑὝὙὤὠὥὡὬὨὭὩ",
    ),
    (
        '\u{302}',
        "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷyẐZẑzẬẠậạỆẸệẹỘỌộọ",
    ),
    (
        '\u{303}',
        "ÃAÑNÕOãañnõoĨIĩiŨUũuṼVṽvẪÂẫâẴĂẵăẼEẽeỄÊễêỖÔỗôỠƠỡơỮƯữưỸYỹy",
    ),
    (
        '\u{304}',
        "ĀAāaĒEēeĪIīiŌOōoŪUūuǕÜǖüǞÄǟäǠȦǡȧǢÆǣæǬǪǭǫȪÖȫöȬÕȭõȰȮȱȯȲYȳyӢИӣиӮУӯуḠGḡgḸḶḹḷṜṚṝṛᾱαᾹΑῑιῙΙῡυῩΥ",
    ),
    (
        '\u{306}',
        "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuЎУЙИйиўуӁЖӂжӐАӑаӖЕӗеḜȨḝȩẶẠặạᾰαᾸΑῐιῘΙῠυῨΥ",
    ),
    (
        '\u{307}',
        "ĊCċcĖEėeĠGġgİIŻZżzȦAȧaȮOȯoḂBḃbḊDḋdḞFḟfḢHḣhṀMṁmṄNṅnṖPṗpṘRṙrṠSṡsṤŚṥśṦŠṧšṨṢṩṣṪTṫtẆWẇwẊXẋxẎYẏyẛſ",
    ),
    (
        '\u{308}',
        "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYΪΙΫΥϊιϋυϔϒЁЕЇІёеїіӒАӓаӚӘӛәӜЖӝжӞЗӟзӤИӥиӦОӧоӪӨӫөӬЭӭэӰУӱуӴЧӵчӸЫӹыḦHḧhṎÕṏõṺŪṻūẄWẅwẌXẍxẗt",
    ),
    (
        '\u{309}',
        "ẢAảaẨÂẩâẲĂẳăẺEẻeỂÊểêỈIỉiỎOỏoỔÔổôỞƠởơỦUủuỬƯửưỶYỷy",
    ),
    ('\u{30a}', "ÅAåaŮUůuẘwẙy"),
    ('\u{30b}', "ŐOőoŰUűuӲУӳу"),
    (
        '\u{30c}',
        "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǙÜǚüǦGǧgǨKǩkǮƷǯʒǰjȞHȟh",
    ),
    ('\u{30f}', "ȀAȁaȄEȅeȈIȉiȌOȍoȐRȑrȔUȕuѶѴѷѵ"),
    ('\u{311}', "ȂAȃaȆEȇeȊIȋiȎOȏoȒRȓrȖUȗu"),
    ('\u{313}', "ἀαἈΑἐεἘΕἠηἨΗἰιἸΙὀοὈΟὐυὠωὨΩῤρ"),
    ('\u{314}', "ἁαἉΑἑεἙΕἡηἩΗἱιἹΙὁοὉΟὑυὙΥὡωὩΩῥρῬΡ"),
    ('\u{31b}', "ƠOơoƯUưu"),
    (
        '\u{323}',
        "ḄBḅbḌDḍdḤHḥhḲKḳkḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭtṾVṿvẈWẉwẒZẓzẠAạaẸEẹeỊIịiỌOọoỢƠợơỤUụuỰƯựưỴYỵy",
    ),
    ('\u{324}', "ṲUṳu"),
    ('\u{325}', "ḀAḁa"),
    ('\u{326}', "ȘSșsȚTțt"),
    ('\u{327}', "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȨEȩeḐDḑdḨHḩh"),
    ('\u{328}', "ĄAąaĘEęeĮIįiŲUųuǪOǫo"),
    ('\u{32d}', "ḒDḓdḘEḙeḼLḽlṊNṋnṰTṱtṶUṷu"),
    ('\u{32e}', "ḪHḫh"),
    ('\u{330}', "ḚEḛeḬIḭiṴUṵu"),
    ('\u{331}', "ḆBḇbḎDḏdḴKḵkḺLḻlṈNṉnṞRṟrṮTṯtẔZẕzẖh"),
    (
        '\u{342}',
        "ἆἀἇἁἎἈἏἉἦἠἧἡἮἨἯἩἶἰἷἱἾἸἿἹὖὐὗὑὟὙὦὠὧὡὮὨὯὩᾶαῆηῖιῗϊῦυῧϋῶω",
    ),
    (
        '\u{345}',
        "ᾀἀᾁἁᾂἂᾃἃᾄἄᾅἅᾆἆᾇἇᾈἈᾉἉᾊἊᾋἋᾌἌᾍἍᾎἎᾏἏᾐἠᾑἡᾒἢᾓἣᾔἤᾕἥᾖἦᾗἧᾘἨᾙἩᾚἪᾛἫᾜἬᾝἭᾞἮᾟἯᾠὠᾡὡᾢὢᾣὣᾤὤᾥὥᾦὦᾧὧᾨὨᾩὩᾪὪᾫὫᾬὬᾭὭᾮὮᾯὯᾲὰᾳαᾴάᾷᾶᾼΑῂὴῃηῄήῇῆῌΗῲὼῳωῴώῷῶῼΩ",
    ),
    ('\u{653}', "آا"),
    ('\u{654}', "أاؤوئيۀەۂہۓے"),
    ('\u{655}', "إا"),
    ('\u{93c}', "ऩनऱरऴळक़कख़खग़गज़जड़डढ़ढफ़फय़य"),
    ('\u{9bc}', "ড়ডঢ়ঢয়য"),
    ('\u{a3c}', "ਲ਼ਲਸ਼ਸਖ਼ਖਗ਼ਗਜ਼ਜਫ਼ਫ"),
    ('\u{b3c}', "ଡ଼ଡଢ଼ଢ"),
    (
        '\u{3099}',
        "がかぎきぐくげけごこざさじしずすぜせぞそだたぢちづつでてどとばはびひぶふべへぼほゔうゞゝガカギキグクゲケゴコザサジシズスゼセゾソダタヂチヅツデテドトバハビヒブフベヘボホヴウヷワヸヰヹヱヺヲヾヽ",
    ),
    ('\u{309a}', "ぱはぴひぷふぺへぽほパハピヒプフペヘポホ"),
];

/// The first character of Hangul syllables, and how many there are.
const HANGUL: (u32, u32) = (0xac00, 11_172);

/// The text with each accent after its letter.
#[must_use]
pub fn decomposed(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        push(c, &mut result);
    }
    result
}

fn push(c: char, result: &mut String) {
    if c < '\u{c0}' {
        return result.push(c);
    }
    let syllable = u32::from(c).wrapping_sub(HANGUL.0);
    if syllable < HANGUL.1 {
        let jamo = |base: u32, n: u32| char::from_u32(base + n);
        result.extend(jamo(0x1100, syllable / 588));
        result.extend(jamo(0x1161, syllable % 588 / 28));
        if !syllable.is_multiple_of(28) {
            result.extend(jamo(0x11a7, syllable % 28));
        }
        return;
    }
    for (mark, letters) in MARKS {
        let mut letters = letters.chars();
        while let (Some(with), Some(without)) = (letters.next(), letters.next()) {
            if with == c {
                push(without, result);
                return result.push(*mark);
            }
        }
    }
    result.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_follow_their_letters() {
        for (composed, expected) in [
            ("M\u{fc}ller.txt", "Mu\u{308}ller.txt"),
            ("Vi\u{1ec7}t", "Vie\u{323}\u{302}t"),
            (
                "\u{439}\u{304c}\u{3ac}",
                "\u{438}\u{306}\u{304b}\u{3099}\u{3b1}\u{301}",
            ),
            (
                "\u{ac01}\u{ac00}",
                "\u{1100}\u{1161}\u{11a8}\u{1100}\u{1161}",
            ),
        ] {
            assert_eq!(decomposed(composed), expected);
            assert_eq!(decomposed(expected), expected);
        }
    }
}
