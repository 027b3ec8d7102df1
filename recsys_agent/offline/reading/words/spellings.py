"""Chat spellings, missing apostrophes and frequent typing errors, and what they stand for."""

SPELLINGS: dict[str, str] = {
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "wont": "will not", "wouldnt": "would not", "couldnt": "could not", "cant": "can not", "cannot": "can not", "hasnt": "has not",
    "havent": "have not", "shouldnt": "should not", "aint": "is not", "im": "i am", "ive": "i have", "hes": "he is", "shes": "she is",
    "theyre": "they are", "theyve": "they have", "thats": "that is", "whats": "what is", "youre": "you are", "lets": "let us",
    "ill": "i will", "gonna": "going to", "wanna": "want to", "gotta": "got to", "luv": "love", "luvs": "loves", "lovs": "loves",
    "lurves": "loves", "looves": "loves", "u": "you", "ur": "your", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks",
    "thanx": "thanks", "tnx": "thanks", "ty": "thanks", "bday": "birthday", "b-day": "birthday", "birfday": "birthday",
    "brithday": "birthday", "birtday": "birthday", "birthdy": "birthday", "prezzie": "present", "pressie": "present",
    "prezzy": "present", "pressy": "present", "prezzies": "presents", "pressies": "presents", "prezzies'": "presents",
    "xmas": "christmas", "x-mas": "christmas", "rly": "really", "rlly": "really", "abt": "about", "smth": "something",
    "sth": "something", "somethin": "something", "somthing": "something", "gift's": "gift", "yrs": "years", "yr": "year", "yrd": "year",
    "yrold": "year old", "yearold": "year old", "grl": "girl", "cuz": "because", "bc": "because", "coz": "because", "w/": "with", "w/o": "without",
    "2nite": "tonight", "tmrw": "tomorrow", "tmr": "tomorrow", "tomorow": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow",
    "recomend": "recommend", "recommand": "recommend", "bithday": "birthday", "giftt": "gift", "expensiv": "expensive",
    "buget": "budget", "bugdet": "budget", "budjet": "budget", "allergie": "allergy", "wud": "would", "cud": "could", "shud": "should",
    "n": "and", "nd": "and", "hav": "have", "favs": "favourites", "fave": "favourite", "idk": "i do not know", "dunno": "do not know",
    "yo": "yo", "turing": "turning", "tunring": "turning", "truns": "turns", "tuns": "turns", "hav'nt": "have not", "loooves": "loves",
    "loove": "love", "gardning": "gardening", "lookin": "looking", "lookng": "looking", "hapy": "happy", "anyting": "anything",
    "evrything": "everything", "everthing": "everything", "differnt": "different", "diffrent": "different",
    "decoratons": "decorations", "decorashuns": "decorations", "favors'": "favours", "vouchor": "voucher", "cupon": "coupon",
}  # fmt: skip
