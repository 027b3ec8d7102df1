"""Whom a gift can be for: the canonical relation and the words that mean it (singular; plurals are derived)."""

RELATIONS: dict[str, str] = {
    "mother_in_law": "mother-in-law, mother in law, mum in law, mum-in-law, mom in law, mom-in-law, mil, m.i.l.",
    "father_in_law": "father-in-law, father in law, dad in law, dad-in-law, fil",
    "sister_in_law": "sister-in-law, sister in law, sis-in-law, sis in law, sil",
    "brother_in_law": "brother-in-law, brother in law, bro-in-law, bro in law, bil",
    "son_in_law": "son-in-law, son in law",
    "daughter_in_law": "daughter-in-law, daughter in law",
    "parents_in_law": "in-laws, in laws, inlaws, parents-in-law, parents in law",
    "stepmother": "stepmother, step-mother, step mother, stepmom, step-mom, step mom, stepmum, step-mum, step mum",
    "stepfather": "stepfather, step-father, step father, stepdad, step-dad, step dad",
    "stepson": "stepson, step-son, step son",
    "stepdaughter": "stepdaughter, step-daughter, step daughter",
    "stepsister": "stepsister, step-sister, step sister",
    "stepbrother": "stepbrother, step-brother, step brother",
    "grandmother": "grandmother, grandma, granma, gramma, granny, gran, nana, nan, nanna, grandmum, grandmom, abuela, "
    "oma, nonna, grammy, great-grandmother, great grandmother, great-grandma, great grandma, meemaw, babushka, bubbe",
    "grandfather": "grandfather, grandpa, granpa, grampa, gramps, grandad, granddad, abuelo, opa, nonno, grandpop, "
    "great-grandfather, great grandfather, great-grandpa, great grandpa, gramp, pawpaw, papaw",
    "grandparents": "grandparents, grandparent",
    "grandson": "grandson, grand-son, great-grandson",
    "granddaughter": "granddaughter, grandaughter, grand-daughter, great-granddaughter",
    "grandchild": "grandchild, grandkid, grandbaby, grandchildren",
    "godmother": "godmother, god-mother, fairy godmother",
    "godfather": "godfather, god-father",
    "godchild": "godchild, godson, goddaughter, god-son, god-daughter, godchildren, godkid",
    "mother": "mother, mum, mom, mummy, mommy, mama, mamma, ma, mam, momma, mums, moms, madre",
    "father": "father, dad, daddy, papa, pop, pops, pa, old man",
    "parents": "parents, folks, mum and dad, mom and dad, dad and mum, dad and mom, mother and father",
    "sister": "sister, sis, twin sister, half-sister, half sister, little sister, big sister, sista",
    "brother": "brother, bro, twin brother, half-brother, half brother, little brother, big brother, brudder",
    "sibling": "sibling, twin",
    "aunt": "aunt, auntie, aunty, tante, great-aunt, great aunt, tia",
    "uncle": "uncle, great-uncle, great uncle, tio",
    "cousin": "cousin, cuz, cousine",
    "niece": "niece, neice, great-niece",
    "nephew": "nephew, nefew, great-nephew",
    "daughter": "daughter, daugther, my girl, little girl of mine, dd",
    "son": "son, ds",
    "wife": "wife, wifey, missus, the mrs, bride, wifie, lady wife",
    "husband": "husband, hubby, hubbie, husbando, groom, dh",
    "fiance": "fiance, fiancé, fiancee, fiancée, betrothed, husband-to-be, wife-to-be",
    "boyfriend": "boyfriend, boy friend, bf, fella, boyf",
    "girlfriend": "girlfriend, girl friend, gf, girlf",
    "partner": "partner, significant other, other half, better half, spouse, life partner, s.o., sweetheart, lover, soulmate",
    "friend": "friend, best friend, mate, buddy, pal, bestie, bff, chum, close friend, penpal, pen pal, best mate, "
    "homie, gym buddy, bridesmaid, maid of honour, maid of honor, best man, freind",
    "colleague": "colleague, coworker, co-worker, co worker, workmate, work mate, work friend, work colleague, "
    "work buddy, office mate, officemate, teammate, deskmate, collegue, associate",
    "boss": "boss, manager, supervisor, line manager, chief, team lead, team leader, superior, head of department",
    "employee": "employee, intern, apprentice, staff, staff member, assistant, direct report, secretary",
    "client": "client, customer",
    "teacher": "teacher, professor, tutor, instructor, kindergarten teacher, schoolteacher, mentor, lecturer, "
    "childminder, headteacher, headmistress, headmaster",
    "coach": "coach, trainer, personal trainer",
    "student": "student, pupil",
    "roommate": "roommate, room mate, room-mate, flatmate, flat mate, flat-mate, housemate, house mate, roomie",
    "neighbour": "neighbour, neighbor, next-door neighbour, next-door neighbor, nextdoor neighbour, neighbours, neighbors",
    "babysitter": "babysitter, nanny, au pair, au-pair, sitter",
    "host": "host, hostess, host family, hosts",
    "doctor": "doctor, nurse, midwife, dentist, vet",
    "landlord": "landlord, landlady",
    "family": "family",
    "couple": "couple, newlyweds, newly weds",
    "team": "team",
    "self": "myself, me myself, self",
    "baby": "baby, newborn, infant, bub",
    "child": "child, kid, toddler, boy, girl, teenager, teen, tween, preschooler, lad, kiddo, youngster, schoolboy, "
    "schoolgirl, little one, kids, children, boys, girls, teens, teenagers, toddlers, twins",
}

# Words that name a person only when nothing better does: "a gift for my sister's baby", "my friend, a teacher".
WEAK_RELATIONS = frozenset(
    {"child", "baby", "team", "family", "couple", "student", "host", "doctor", "coach", "employee"}
)

# Adjectives that may stand between "my" and the relation.
PERSON_ADJECTIVES = (
    "dear|dearest|lovely|beloved|little|big|older|elder|eldest|oldest|younger|youngest|baby|twin|teenage|teen|best|"
    "closest|close|good|great|old|new|young|favourite|favorite|amazing|wonderful|awesome|sweet|adorable|crazy|picky|"
    "fussy|difficult|grumpy|retired|elderly|pregnant|only|former|ex|future|late|kind|next-door|vegan|vegetarian|male|"
    "lil|wee|silly|female|german|french|british|american|italian|spanish|work|school|childhood|uni|college|long-distance|long-time|"
    "creative|sporty|nerdy|geeky|artsy|outdoorsy|foodie|bookish|active|cool|stylish|fashionable|busy|"
    "beautiful|darling|1st|2nd|3rd|first|second|third|middle|\\d{1,3}[- ]years?[- ]old|\\d{1,3}[- ]?yo"
)

# Capitalised words that are not first names although they may stand where a name stands.
NOT_NAMES = frozenset(
    "i he she they it we you my our his her their the a an and or but not no yes hi hello hey dear thanks thank please "
    "loves likes enjoys hates is has who gift gifts present presents budget max christmas xmas easter hanukkah diwali "
    "eid halloween birthday monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december usd eur gbp chf lego kindle xbox playstation nintendo mum mom "
    "dad mother father grandma grandpa nana nan gran aunt auntie uncle sister brother santa secret valentine valentines "
    "under around about some someone something anything everything good english german french italian spanish new year "
    "i'm i've just really very also so this that these those what when where which why how age interests likes hobbies "
    "party space dinosaur unicorn for with from by on in at to of as if then than can could would should will shall do "
    "does did have had am are was were be been being mothers fathers st secret amazon god ok okay turning turns "
    "vegan eco hobby retirement graduation wedding anniversary housewarming looking need want find show help".split()
)
