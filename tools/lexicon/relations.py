"""Whom a gift can be for: the canonical relation and the words that mean it (singular; plurals are derived)."""

from __future__ import annotations

from functools import lru_cache

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
    "husband": "husband, hubby, hubs, hubbie, husbando, groom, dh",
    "fiance": "fiance, fiancé, fiancee, fiancée, betrothed, husband-to-be, wife-to-be",
    "boyfriend": "boyfriend, boy friend, bf, fella, boyf",
    "girlfriend": "girlfriend, girl friend, gf, girlf",
    "partner": "partner, significant other, other half, better half, spouse, life partner, s.o., sweetheart, lover, "
    "soulmate",
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
    "neighbour": "neighbour, neighbor, next-door neighbour, next-door neighbor, nextdoor neighbour, "
    "neighbours, neighbors",
    "babysitter": "babysitter, nanny, au pair, au-pair, sitter",
    "host": "host, hostess, host family, hosts",
    "doctor": "doctor, dentist, vet",
    "nurse": "nurse, midwife",
    "landlord": "landlord, landlady",
    "family": "family",
    "couple": "couple, newlyweds, newly weds",
    "team": "team",
    "self": "myself, me myself, self",
    "baby": "baby, newborn, infant, bub",
    "child": "child, kid, toddler, boy, girl, teenager, teen, tween, preschooler, lad, kiddo, youngster, schoolboy, "
    "schoolgirl, little one, kids, children, boys, girls, teens, teenagers, toddlers, twins",
}


@lru_cache(maxsize=1)
def relation_words() -> dict[str, str]:
    """Every word for a relation, with the canonical relation that it means."""
    return {word.strip(): relation for relation, words in RELATIONS.items() for word in words.split(",")}


def canonical_relation(words: str) -> str | None:
    """The relation that the words mean ("my dad" is the father), or None."""
    plain = " ".join(words.lower().replace("_", " ").split())
    for owner in ("my ", "our ", "the "):
        plain = plain.removeprefix(owner)
    known = relation_words()
    return known.get(plain) or known.get(plain.replace(" ", "-")) or known.get(plain.rstrip("s"))


def spoken_of(relation: str) -> str:
    """The person in words to the shopper: "your father"; "the child", as nobody said that it is theirs."""
    return f"{'the' if relation in _NOBODYS else 'your'} {relation.replace('_', '-')}"


_NOBODYS = frozenset({"child", "baby", "couple", "host", "student"})
"""Relations that a message may name without saying whose they are: "a girl of four", "the newlyweds"."""


def words_for(relation: str | None) -> list[str]:
    """Every word for a canonical relation."""
    return [word.strip() for word in RELATIONS.get(relation or "", relation or "").split(",") if word.strip()]
