"""Chat spellings, missing apostrophes and slips that are words of their own, and what they stand for."""

SPELLINGS: dict[str, str] = {
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "wont": "will not", "wouldnt": "would not", "couldnt": "could not", "cant": "can not", "cannot": "can not",
    "hasnt": "has not", "havent": "have not", "shouldnt": "should not", "aint": "is not", "im": "i am", "ive": "i have",
    "hes": "he is", "shes": "she is", "theyre": "they are", "theyve": "they have", "thats": "that is", "whats": "what is",
    "youre": "you are", "lets": "let us", "ill": "i will", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "luv": "love", "luvs": "loves", "lovs": "loves", "lurves": "loves", "u": "you", "ur": "your", "pls": "please",
    "plz": "please", "plse": "please", "thx": "thanks", "thanx": "thanks", "tnx": "thanks", "ty": "thanks",
    "bday": "birthday", "b-day": "birthday", "birfday": "birthday", "prezzie": "present", "pressie": "present",
    "prezzy": "present", "pressy": "present", "prezzies": "presents", "pressies": "presents", "prezzies'": "presents",
    "xmas": "christmas", "x-mas": "christmas", "rly": "really", "rlly": "really", "abt": "about", "smth": "something",
    "sth": "something", "gift's": "gift", "yrs": "years", "yr": "year", "yrd": "year", "yrold": "year old",
    "yearold": "year old", "grl": "girl", "cuz": "because", "bc": "because", "coz": "because", "w/": "with",
    "w/o": "without", "2nite": "tonight", "tmrw": "tomorrow", "tmr": "tomorrow", "allergie": "allergy", "wud": "would",
    "cud": "could", "shud": "should", "nxt": "next", "wk": "week", "wknd": "weekend", "n": "and", "nd": "and", "hav": "have", "favs": "favourites", "fave": "favourite",
    "idk": "i do not know", "dunno": "do not know", "yo": "yo", "turing": "turning", "tuns": "turns", "hav'nt": "have not",
    "loooves": "loves", "hapy": "happy", "teh": "the", "hte": "the", "adn": "and", "nad": "and", "nto": "not", "fro": "for",
    "ofr": "for", "hsi": "his", "hre": "her", "yuo": "you", "btu": "but", "ahs": "has", "dda": "dad", "momm": "mom",
    "mumm": "mum", "decorashuns": "decorations", "favors'": "favours", "wat": "what", "wut": "what", "wot": "what",
    "upto": "up to", "arnd": "around", "soo": "so", "noo": "no", "yess": "yes", "mee": "me", "iit": "it", "ye": "yes",
}  # fmt: skip
