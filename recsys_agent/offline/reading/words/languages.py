"""Frequent little words of some languages, for telling a foreign message; words that are also English are left out."""

FUNCTION_WORDS: dict[str, str] = {
    "de": "ich du er wir ihr und oder aber nicht ein eine einen einem einer der das dem den für mit von zu auf ist sind "
    "war hat haben habe suche brauche möchte geschenk meine meinen meiner mein seine ihre liebt mag gerne zum zur "
    "geburtstag mutter vater bruder schwester freundin freund etwas bitte danke hallo guten tag was wie wer unter jahre "
    "wird kein keine auch über nach wenn schon sehr bis eltern oma opa kollegin kollege frau kind kinder idee ideen "
    "suchen können kannst gern ab dann euro weihnachten",
    "fr": "je tu il elle nous vous ils et ou mais pas une des le la les du de pour avec dans sur est sont cherche "
    "voudrais veux cadeau mon ma mes sa ses son aime aiment qui que quoi quel anniversaire mère père frère soeur sœur ami "
    "amie merci bonjour salut s'il moins ans un au aux j'ai c'est moi toi copine copain bonsoir idée idées noël "
    "grand-mère femme mari fille fils quelque chose besoin d'un d'une j'aimerais plaît",
    "es": "yo él ella nosotros y o pero no un una unos el la los las de para con en es son está busco quiero necesito "
    "regalo mi mis su sus le les gusta gustan encanta que qué cumpleaños madre padre hermano hermana amigo amiga gracias "
    "hola por favor menos años del al se novia novio abuela abuelo hija hijo buenos días buenas tardes algo navidad "
    "mamá papá puedes me muy también como cómo",
    "it": "io lui lei noi e o ma non un una uno il lo la gli le di per con in è sono cerco vorrei voglio regalo mio mia "
    "suo sua piace piacciono che compleanno madre padre fratello sorella amico amica grazie ciao anni meno sotto della "
    "del alla al mamma papà ho bisogno qualcosa buongiorno nonna nonno moglie marito figlia figlio ama natale idea "
    "idee euro ragazza ragazzo collega nel",
    "pt": "eu ele ela nós e ou mas não um uma o os as de para com em é são procuro quero preciso presente meu minha seu "
    "sua gosta gostam que aniversário mãe pai irmão irmã amigo amiga obrigado obrigada olá por favor menos anos do da ao "
    "no na algo estou namorada namorado avó avô filha filho muito também bom dia natal uns umas",
    "nl": "ik jij hij zij wij en of maar niet een het de van voor met op is zijn zoek wil cadeau mijn zijn haar houdt "
    "graag die dat verjaardag moeder vader broer zus vriend vriendin dank hallo onder jaar wordt naar geen ook iets aan "
    "heb nodig oma opa vrouw zoon dochter kerst bedankt alsjeblieft ben uit",
    "pl": "ja ty on ona my i lub ale nie dla z na w do jest są szukam chcę potrzebuję prezent mój moja mojej mojego moją "
    "lubi kocha który która urodziny mama mamy tata taty brat brata siostra siostry dziękuję cześć proszę lat pod się to "
    "jak co złotych babci dziadka dzień dobry żony męża",
    "tr": "ben sen o biz ve veya ama değil bir için ile bu şu da de arıyorum istiyorum hediye annem anneme babam babama "
    "kardeşim sever seviyor doğum günü teşekkürler merhaba lütfen yaşında arkadaşım arkadaşıma eşim lazım ne var mı çok",
    "sv": "jag du han hon vi och eller men inte en ett den det för med på är söker vill present min mitt mina sin hans "
    "hennes gillar älskar som födelsedag mamma pappa bror syster vän tack hej under år fyller till något åt mormor "
    "farmor flickvän pojkvän behöver julklapp",
    "da": "jeg du han hun og eller men ikke et den det til med på er søger vil gave min mit sin elsker fødselsdag mor far "
    "bror søster ven tak hej under år fylder noget",
    "fi": "minä sinä hän ja tai mutta ei on ovat etsin haluan lahja lahjaa äidille isälle äitini isäni rakastaa syntymäpäivä "
    "kiitos hei joka vuotta",
}

ENGLISH = (
    "i me my we our you your he she it they them his her their the a an and or but not for with from of to in on at is "
    "are was were be been has have had do does did will would can could should who what which that this these those "
    "something gift gifts present presents birthday looking need want loves likes love like under over around budget "
    "year years old turns turning please thanks thank hello hi some any more much about into really just so if than no "
    "dad mum mom brother sister friend show me ideas how why when party plan cake kids get find buy give know think "
    "fan huge also too already hates by as there here up out all one new good cheaper else other another first second"
)

# A whole message made of these is small talk in that language; answered as foreign, never as gibberish.
SHORT = {
    "es": "hola gracias adiós adios buenos días buenas tardes noches por favor sí",
    "fr": "bonjour merci bonsoir salut au revoir oui non s'il vous plaît",
    "de": "hallo danke guten tag morgen abend tschüss bitte ja nein servus",
    "it": "ciao grazie buongiorno buonasera arrivederci prego",
    "pt": "olá obrigado obrigada bom dia oi tchau",
    "nl": "hoi dank je bedankt goedemorgen dag",
    "pl": "cześć dziękuję dzień dobry witam",
    "tr": "merhaba teşekkürler selam",
    "sv": "hej tack hejdå",
}

# Unicode name prefixes of scripts -> language to report.
SCRIPTS = {
    "CYRILLIC": "ru", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "ARABIC": "ar", "HEBREW": "he",
    "GREEK": "el", "DEVANAGARI": "hi", "THAI": "th", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "GUJARATI": "gu", "GURMUKHI": "pa", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "SINHALA": "si",
    "ETHIOPIC": "am", "MALAYALAM": "ml", "KANNADA": "kn",
}  # fmt: skip
