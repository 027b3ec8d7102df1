"""Words about people, and what is no first name."""

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
    "eid halloween thanksgiving hanukah passover birthday monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december usd eur gbp chf lego kindle xbox playstation nintendo mum mom "
    "dad mother father grandma grandpa nana nan gran aunt auntie uncle sister brother santa secret valentine valentines "
    "under around about some someone something anything everything good english german french italian spanish new year "
    "i'm i've just really very also so this that these those what when where which why how age interests likes hobbies "
    "party space dinosaur unicorn for with from by on in at to of as if then than can could would should will shall do "
    "does did have had am are was were be been being mothers fathers st secret amazon god ok okay turning turns "
    "vegan eco hobby retirement graduation wedding anniversary housewarming looking need want find show help".split()
)
