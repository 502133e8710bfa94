"""What must come back exactly as it is: the half of the tests that matters most."""

import pytest

from llmpaper_md.repairing import Channel, repair

SENTENCES = {
    "turkish": "Şişli'de güneşli bir sabah, çocuklar bahçede oynuyor ve ığdır kayısısı yiyordu.",
    "turkish in capitals": "İSTANBUL'UN EN ESKİ ÇARŞISI ĞALATA'YA YAKINDIR; ÜÇ ŞUBE DAHA VAR.",
    "turkish, a letter and a degree": "Ölçüm sırasında açı Ä° olarak yazılmış, şüpheli bir değer.",
    "french": "L'œuvre inachevée de l'élève était « très réussie », déclara-t-il à Noël.",
    "french in capitals": "L'ŒUVRE DE L'ÉLÈVE ÉTAIT « TRÈS RÉUSSIE » — À VOIR ÇÀ ET LÀ.",
    "french with no-break spaces": "Vraiment\u00a0? « Déjà\u00a0vu\u00a0», dit-il à\u00a0Noé.",
    "french, a lone ligature": "Le mot cœur s'écrit avec œ, et non avec oe ; Œ est sa majuscule.",
    "portuguese": "A construção não avançou: João e Conceição comeram pão de ló às três.",
    "portuguese in capitals": "PROMOÇÃO DE VERÃO: ATENÇÃO, CÃES E IRMÃOS NÃO PAGAM O PÃO.",
    "portuguese, spaced out": "C O N C L U S Ã O: a letra Ã vem antes de Õ em muitas listas.",
    "vietnamese": "Tiếng Việt có sáu thanh điệu, và người Hà Nội phát âm rõ ràng hơn cả.",
    "vietnamese in capitals": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM — ĐỘC LẬP, TỰ DO, HẠNH PHÚC.",
    "polish": "Zażółć gęślą jaźń: pójdźże, kiń tę chmurność w głąb flaszy, źdźbło.",
    "romanian": "Mâine dimineață încercăm să găsim o înțelegere între țărani și oraș.",
    "romanian with cedillas": "Şapte ţărani îşi împart pâinea şi brânza în faţa bisericii vechi.",
    "german": "Fünf süße Bären aßen Äpfel; „schön“, sagte Jürgen, »größer geht’s nicht«.",
    "german in capitals": "STRASSENBAHN FÄHRT ÜBER ÖLMÜHLE: GRÖSSE ÄNDERN, MAẞE PRÜFEN.",
    "swedish": "På ön åkte Åsa båt; smörgås och räksallad åt hon på älven i lördags.",
    "norwegian": "Håøya ligger i Drøbaksundet, og på Ås er det både øl og rømmegrøt.",
    "danish": "Rødgrød med fløde: å, hvor er det ærligt sødt på Ærø i sensommeren.",
    "icelandic": "Það er þoka í Þórsmörk; Ísland á marga jökla og æðarfugl við ströndina.",
    "finnish": "Äiti söi hääyönä öylättiä, ja järvellä näkyi pöllöjä sekä Åbon valot.",
    "spanish": "¿Cuántos años tenía el pingüino de Núñez? ¡Ni idea!, respondió Íñigo.",
    "spanish, a registered name": "MARCA PERÚ® y CAFÉ® son nombres registrados, señor Muñoz.",
    "italian": "Perché no? È così: c'è più libertà, ma la città è già un po' più là.",
    "czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl Šimon z Českých Budějovic.",
    "hungarian": "Árvíztűrő tükörfúrógép: őrült Ödön űrhajója öt üveg bort is elbír.",
    "latvian": "Šķūnī ģimene ēda žāvētas zivis, bet ķēniņš Āris lasīja avīzi.",
    "greek": "Ο γρήγορος σκύλος πηδά πάνω από την τεμπέλα αλεπού· «τι ωραία», είπε.",
    "greek in capitals": "Η ΕΛΛΑΔΑ ΕΙΝΑΙ ΧΩΡΑ ΤΗΣ ΕΥΡΩΠΗΣ: ΝΗΣΙΑ, ΒΟΥΝΑ, ΘΑΛΑΣΣΑ, ΨΑΡΙ.",
    "russian": "Съешь же ещё этих мягких французских булок, да выпей чаю — № 5, «люкс».",
    "russian in capitals": "СЪЕШЬ ЕЩЁ ЭТИХ БУЛОК: ВСЕРОССИЙСКИЙ КОНКУРС, РЯД СЁЛ, ВГРС И ГРС.",
    "ukrainian": "Її їжак з’їв їстівні гриби; Україна, ґанок, Європа, вікі та під’їзд.",
    "serbian": "Љубав и Џеп: Ђорђе и Његош пију чај; ћирилица је лепа, каже Ћира.",
    "bulgarian": "Щъркелът яде жаби край Дунава, а ьгълът е прав, каза учителят.",
    "arabic": "اللغة العربية جميلة، وتُكتب من اليمين إلى اليسار؛ أليس كذلك؟",
    "persian": "این یک جملهٔ فارسی است که در آن گچ و پژوهش آمده‌اند.",
    "hebrew": "השפה העברית נכתבת מימין לשמאל, ו־״שלום״ היא מילה ידועה.",
    "hindi": "हिन्दी में लिखा हुआ यह वाक्य बिलकुल ठीक है।",
    "thai": "ภาษาไทยเขียนจากซ้ายไปขวาโดยไม่เว้นวรรคระหว่างคำ",
    "japanese": "吾輩の隣の猫は「ニャー」と鳴き、ラーメン屋の前で昼寝をしている。",
    "half-width japanese": "ｶﾀｶﾅは半角でも書けます｡ﾃｽﾄです｡",
    "korean": "한국어 문장도 그대로 남아야 합니다. 띄어쓰기와 ‘따옴표’까지요.",
    "traditional chinese": "這是一個用正體字寫的句子，裡面有「引號」與——破折號……以及、頓號。",
    "simplified chinese": "这是一句完好的中文：“引号”、《书名》、【方括号】，还有……省略号——都在。",
    "chinese with radicals": "这篇论⽂的⽬标是⽣成⾃然语⾔，⻔槛不⾼。",
    "chinese with accented names": "作者 José 和 Zoë 在 café 里讨论 naïve Bayes，25°C，±3。",
    "pinyin": "拼音：nǐ hǎo, lǜ sè, zhōng guó, māo, ér, dà xué, lüè.",
    "units": "The cell measures 3.2 Å² by 10 Å, at −5 °C and 4 µm; Ω = 50, ½ × ¾ ≈ ⅜.",
    "units, again and again": "Areas of 12 Å², 14 Å² and 19 Å²; volumes of 30 Å³ and 41 Å³.",
    "a lone a with circumflex": "The letter â (a with circumflex) and Â are Romanian as well.",
    "a word in capitals": "ÃO, ÇÃO and ÕES are endings; so are ÊS and É.",
    "quotation marks": "«Ça va», »so«, „so“, “so”, ‘so’, ‹so›, 'so' and \"so\" — all of them.",
    "legal signs": "Café® and Naïve™ © 2024 Señor Ltd.; see § 5 and ¶ 7 of the résumé…",
    "prices": "It costs £5, ¥300, 20 ¢, €7 or ¤1; 5×£35 makes £175 at 0‰ or 3ª and 4º.",
    "mathematics": "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋, α ∧ ¬β = ¬(¬α ∨ β), √π ≠ ∞, ∑ ≤ ∫, Δx→0.",
    "faces": "( ´ ▽ ` )ﾉ ¯\\_(ツ)_/¯ ( ͡° ͜ʖ ͡°) (¬‿¬) Ō¬o ¬¬ °Д°",
    "box drawing": "┌──┬──┐ │ab│cd│ └──┴──┘ ░▒▓█ ╔══╗",
    "emoji": "⭐⭐⭐ 🎉👍❗️ 👨‍👩‍👧 🇹🇷 ✅ ❌ ➜ ✨",
    "controls": "A next line\u0085 here, soft\u00adhyphen, line\u2028separator, a\u00a0space.",
    "already replaced": "The character \ufffd marks what was lost, twice: \ufffd\ufffd.",
    "question marks": "Café? Où? Æ? Really?? Å? Yes: naïve?",
    "lone lead letters": "å ä ö é è ç æ ø ñ ü ß",
    "a list of Latin-1 letters": "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß",
    "a list of small Latin-1 letters": "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ",
}

PAGES = {
    "an English page about misread text": (
        "# Mojibake\n\nRead as Windows-1252, `中文` turns into `ä¸­æ–‡`, and `é` into `Ã©`.\n\n"
        "```\nä¸­æ–‡æ¨¡åž‹çš„è®­ç»ƒæ–¹æ³•\nÃ©tÃ© Ã  la plage\n```\n\nThat is all.\n"
    ),
    "a Chinese page about misread text": (
        "# 乱码\n\n把 UTF-8 当作 Windows-1252 来读，“中文”就变成 `ä¸­æ–‡`，标题成了 `æ ‡é¢˜`。\n\n"
        "~~~text\nä¸­æ–‡æ¨¡åž‹çš„è®­ç»ƒæ–¹æ³•ï¼Œä¸Šé¢\n~~~\n\n避免它的办法是写明编码。\n"
    ),
    "a French page about misread text": (
        "Un « é » devient `Ã©`, un « œ » devient `Å“`.\n\nÀ noter : ``â€™`` est un signe.\n"
    ),
    "a code span alone": "`ä¸­æ–‡æ¨¡åž‹çš„è®­ç»ƒæ–¹æ³•`\n",
    "a page in many languages": "\n\n".join(SENTENCES.values()),
    "the same sign many times over": "The letter Â is Romanian. " * 30,
    "next lines throughout": "one\u0085two\u0085three\u0085four",
    "no-break spaces after capitals": "CỘNG\u00a0HÒA\u00a0XÃ\u00a0HỘI, S\u00a0Ã\u00a0O, Ã\u00a0É",
    "no-break spaces in Russian": "Земля\u00a0— это не\u00a0№ 1, «он и\u00a0— она», й»…",
    "ukrainian endings": "Події, надії, лінії, дії та історії — «її» мрії…",
    "a table of characters": "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ",
    "what would be private characters": "a ï€€ b ï€€ c\n\nï‚·ï‚· ï‚· ï‚·\n",
    "line ends of every kind": "œuvre\r\nÅ²\rnaïve\u0085café\n\nfin sans fin de ligne",
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sentence_stays(text: str) -> None:
    """Clean text comes back as it is, in any language, alone or many times over."""
    assert repair(text).text == text
    assert repair(f"{text}\n" * 20).text == f"{text}\n" * 20


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_a_page_stays(text: str) -> None:
    """A clean page stays, whatever it quotes in code."""
    done = repair(text)
    assert done.text == text
    assert done.channel is None
    assert done.guesses == ()
    assert done.steps == ()


@pytest.mark.parametrize("name", SENTENCES)
def test_a_clean_line_stays_beside_garbled_ones(name: str) -> None:
    """Only the damaged parts of a file are touched."""
    if name in ("lone lead letters", "already replaced", "question marks"):
        pytest.skip("in a garbled file nobody can tell")
    channel = Channel("windows-1254", soft_hyphens="dropped")
    before = "本页收集了一些好用的工具，并说明怎样安装它们。\n"
    after = "如果你发现错误，请写信告诉我们，谢谢你的帮助！\n"
    done = repair(f"{channel.damage(before)}{SENTENCES[name]}\n{channel.damage(after)}")
    assert done.text == f"{before}{SENTENCES[name]}\n{after}"
