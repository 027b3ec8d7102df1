"""What shoppers say of a party that has been planned, written before the reading of it.

Each case is (message, what it changes). The party is PARTY: a dinosaur party for 12 with a budget of 250, six needs,
all of them shown. What a case does not name must stay as it was. Keys are needs (their changed fields; None: dropped),
``keep``, ``swap``, ``vouchers``, ``critique``, ``accept``, or fields of the brief. "Today" is Monday 2026-11-23.
"""

from typing import Any


def voucher(kind: str | None = None, **worth: str) -> dict[str, Any]:
    """An expected voucher, whatever its label: voucher(percent="10"), voucher(amount="10", above="60")."""
    named = {"percent": worth.get("percent"), "amount": worth.get("amount"), "from_total": worth.get("above")}
    return {**{k: f"{v}.00" for k, v in named.items() if v}, **({"kind": kind} if kind else {})}


Case = tuple[str, dict[str, Any]]

ADDED: list[Case] = [
    ("also balloons", {"decorations": {}}),
    ("and a present around 60", {"gift": {"max": "60.00", "soft": True}}),
    ("a second cake would be great, so 2 cakes", {"cake": {"quantity": 2}}),
    ("can we add another 4 party bags", {"favours": {"quantity": 16}}),
    ("add 3 more favours pls", {"favours": {"quantity": 15}}),
    ("we need two cakes actually", {"cake": {"quantity": 2}}),
]

DROPPED: list[Case] = [
    ("no cake, grandma bakes it", {"cake": None}),
    ("drop the cake", {"cake": None}),
    ("skip the decorations", {"decorations": None}),
    ("no party bags please", {"favours": None}),
    ("we don't need tableware", {"tableware": None}),
    ("we don't need plates, we've got loads", {"tableware": None}),
    ("my sister is making the cake", {"cake": None}),
    ("my mum's baking the cake so leave that out", {"cake": None}),
    ("forget the piñata", {"activity": None}),
    ("without the favours", {"favours": None}),
    ("leave out the decorations and the tableware", {"decorations": None, "tableware": None}),
    ("lose the activity", {"activity": None}),
    ("scrap the balloons", {"decorations": None}),
    ("no need for a present after all", {"gift": None}),
    ("we already have the present", {"gift": None}),
    ("present is sorted already", {"gift": None}),
    ("the cake is taken care of", {"cake": None}),
    ("cake's covered, thanks", {"cake": None}),
    ("grandma brings the cake", {"cake": None}),
    ("nix the goody bags", {"favours": None}),
    ("I'll do the decorations myself", {"decorations": None}),
    ("we can do without an activity", {"activity": None}),
    ("cut the party games", {"activity": None}),
    ("ditch the decor", {"decorations": None}),
    ("no cake and no decorations", {"cake": None, "decorations": None}),
    ("take the tableware off the list", {"tableware": None}),
    ("i dont want a cake", {"cake": None}),
]

KEPT: list[Case] = [
    ("keep the cake", {"keep": ["cake"]}),
    ("the cake is fine, the rest cheaper", {"keep": ["cake"], "critique": "cheaper"}),
    ("keep the cake but everything else should be cheaper", {"keep": ["cake"], "critique": "cheaper"}),
    ("I love the cake, keep it", {"keep": ["cake"]}),
    ("the cake stays", {"keep": ["cake"]}),
    ("keep the present and the decorations", {"keep": ["gift", "decorations"]}),
    ("the decorations are perfect", {"keep": ["decorations"]}),
    ("happy with the tableware", {"keep": ["tableware"]}),
    ("leave the cake as it is", {"keep": ["cake"]}),
    ("don't change the present", {"keep": ["gift"]}),
    ("stick with the favours", {"keep": ["favours"]}),
    ("cake's great, can the rest be cheaper?", {"keep": ["cake"], "critique": "cheaper"}),
    ("the present can stay", {"keep": ["gift"]}),
    ("hang on to the piñata", {"keep": ["activity"]}),
    ("the cake looks lovely", {"keep": ["cake"]}),
    ("that cake is spot on, cheaper everything else", {"keep": ["cake"], "critique": "cheaper"}),
    ("keep everything but the tableware",
     {"keep": ["gift", "cake", "decorations", "favours", "activity"], "swap": ["tableware"]}),
    ("I like the cake and the plates", {"keep": ["cake", "tableware"]}),
]  # fmt: skip

SWAPPED: list[Case] = [
    ("another cake", {"swap": ["cake"]}),
    ("swap the tableware", {"swap": ["tableware"]}),
    ("show me a different piñata", {"swap": ["activity"]}),
    ("a different cake please", {"swap": ["cake"]}),
    ("can I see another present?", {"swap": ["gift"]}),
    ("something else for the cake", {"swap": ["cake"]}),
    ("change the decorations", {"swap": ["decorations"]}),
    ("replace the favours", {"swap": ["favours"]}),
    ("I don't like the cake", {"swap": ["cake"]}),
    ("not keen on the tableware", {"swap": ["tableware"]}),
    ("other party bags?", {"swap": ["favours"]}),
    ("the present is boring", {"swap": ["gift"]}),
    ("swap out the cake and the balloons", {"swap": ["cake", "decorations"]}),
    ("any other cakes", {"swap": ["cake"]}),
    ("hate the plates", {"swap": ["tableware"]}),
    ("could you find a nicer cake?", {"swap": ["cake"], "critique": "dearer"}),
    ("a cheaper cake", {"swap": ["cake"], "critique": "cheaper"}),
    ("the cake is too expensive", {"swap": ["cake"], "critique": "cheaper"}),
    ("cheaper favours please", {"swap": ["favours"], "critique": "cheaper"}),
    ("switch the activity", {"swap": ["activity"]}),
    ("pick a new present", {"swap": ["gift"]}),
    ("i'd rather have a different present tbh", {"swap": ["gift"]}),
    ("differnt cake pls", {"swap": ["cake"]}),
    ("not that cake", {"swap": ["cake"]}),
    ("the cake isn't right", {"swap": ["cake"]}),
    ("keep the cake, swap the present", {"keep": ["cake"], "swap": ["gift"]}),
    ("the cake is fine but another present", {"keep": ["cake"], "swap": ["gift"]}),
]

BOUND: list[Case] = [
    ("cake at most 30", {"cake": {"max": "30.00"}}),
    ("not more than 5 a head for favours", {"favours": {"max": "60.00"}}),
    ("at least 40 for the present", {"gift": {"min": "40.00"}}),
    ("the cake shouldn't cost more than $30", {"cake": {"max": "30.00"}}),
    ("max 25 for decorations", {"decorations": {"max": "25.00"}}),
    ("spend no more than 20 on tableware", {"tableware": {"max": "20.00"}}),
    ("present between 40 and 60", {"gift": {"min": "40.00", "max": "60.00"}}),
    ("the present should be $50-70", {"gift": {"min": "50.00", "max": "70.00"}}),
    ("cake under 35 dollars", {"cake": {"max": "35.00"}}),
    ("keep the cake under 30", {"cake": {"max": "30.00"}}),
    ("favours max $4 each", {"favours": {"max": "48.00"}}),
    ("$3 per child for the party bags, tops", {"favours": {"max": "36.00"}}),
    ("the cake can be up to 45", {"cake": {"max": "45.00"}}),
    ("around 60 for the present", {"gift": {"max": "60.00", "soft": True}}),
    ("the present about fifty bucks", {"gift": {"max": "50.00", "soft": True}}),
    ("I'd spend 40 on the cake", {"cake": {"max": "40.00"}}),
    ("cake: 30 max", {"cake": {"max": "30.00"}}),
    ("cake 30 tops", {"cake": {"max": "30.00"}}),
    ("for the favours, not more than 5 each", {"favours": {"max": "60.00"}}),
    ("cake at most 30, favours at most 40", {"cake": {"max": "30.00"}, "favours": {"max": "40.00"}}),
    ("cake at most 30 and the decorations under 25", {"cake": {"max": "30.00"}, "decorations": {"max": "25.00"}}),
    ("nothing over 20 for the plates", {"tableware": {"max": "20.00"}}),
    ("the present has to be at least $40", {"gift": {"min": "40.00"}}),
    ("don't go over 30 on the cake", {"cake": {"max": "30.00"}}),
    ("limit the decorations to 20", {"decorations": {"max": "20.00"}}),
    ("cap the cake at 30", {"cake": {"max": "30.00"}}),
    ("put 80 towards the present", {"gift": {"max": "80.00"}}),
    ("no more than thirty for the cake pls", {"cake": {"max": "30.00"}}),
    ("30 for the cake, 60 for the present", {"cake": {"max": "30.00"}, "gift": {"max": "60.00"}}),
    ("present minimum 40", {"gift": {"min": "40.00"}}),
    ("the favours should cost 3 dollars a head at most", {"favours": {"max": "36.00"}}),
    ("a cake for less than $25", {"cake": {"max": "25.00"}}),
    ("raise the cake to 50", {"cake": {"max": "50.00"}}),
]

WEIGHED: list[Case] = [
    ("the present matters most", {"gift": {"importance": 3}}),
    ("decorations don't matter much", {"decorations": {"importance": 1}}),
    ("the cake is the most important thing", {"cake": {"importance": 3}}),
    ("I don't care much about the tableware", {"tableware": {"importance": 1}}),
    ("focus on the present", {"gift": {"importance": 3}}),
    ("the decorations aren't that important", {"decorations": {"importance": 1}}),
    ("prioritise the cake", {"cake": {"importance": 3}}),
    ("spend most of it on the present", {"gift": {"importance": 3}}),
    ("we can skimp on the tableware", {"tableware": {"importance": 1}}),
    ("most important is the present", {"gift": {"importance": 3}}),
    ("the present is what counts", {"gift": {"importance": 3}}),
    ("not fussed about the decorations", {"decorations": {"importance": 1}}),
    ("plates are whatever", {"tableware": {"importance": 1}}),
    ("the cake comes first", {"cake": {"importance": 3}}),
    ("the cake matters more than the decorations", {"cake": {"importance": 3}, "decorations": {"importance": 1}}),
    ("the present matters most, decorations don't matter",
     {"gift": {"importance": 3}, "decorations": {"importance": 1}}),
    ("go easy on the decorations", {"decorations": {"importance": 1}}),
    ("splurge on the cake", {"cake": {"importance": 3}}),
    ("party bags are not important", {"favours": {"importance": 1}}),
    ("the piñata is a must, really important", {"activity": {"importance": 3}}),
]  # fmt: skip

COUNTED: list[Case] = [
    ("8 kids instead of 12", {"guests": 8, "favours": {"quantity": 8}, "tableware": {"quantity": 8}}),
    ("16 favours", {"favours": {"quantity": 16}}),
    ("make it 10 party bags", {"favours": {"quantity": 10}}),
    ("we're 15 now", {"guests": 15, "favours": {"quantity": 15}, "tableware": {"quantity": 15}}),
    ("only 9 children are coming", {"guests": 9, "favours": {"quantity": 9}, "tableware": {"quantity": 9}}),
    ("12 kids became 14", {"guests": 14, "favours": {"quantity": 14}, "tableware": {"quantity": 14}}),
    ("two more kids are coming", {"guests": 14, "favours": {"quantity": 14}, "tableware": {"quantity": 14}}),
    ("3 kids can't make it", {"guests": 9, "favours": {"quantity": 9}, "tableware": {"quantity": 9}}),
    ("10 kids, not 12", {"guests": 10, "favours": {"quantity": 10}, "tableware": {"quantity": 10}}),
    ("favours for 16", {"favours": {"quantity": 16}}),
    ("plates for 20", {"tableware": {"quantity": 20}}),
    ("make that 14 plates", {"tableware": {"quantity": 14}}),
    ("we need 20 plates and 16 party bags", {"tableware": {"quantity": 20}, "favours": {"quantity": 16}}),
    ("then 8 favours", {"favours": {"quantity": 8}}),
    ("8 favours instead of 12", {"favours": {"quantity": 8}}),
    ("it'll be 18 guests", {"guests": 18, "favours": {"quantity": 18}, "tableware": {"quantity": 18}}),
]

THEMED: list[Case] = [
    ("a unicorn cake instead", {"cake": {"theme": "unicorn"}, "swap": ["cake"]}),
    ("make it a pirate party", {"theme": "pirate"}),
    ("change the theme to space", {"theme": "space"}),
]

TOTALS: list[Case] = [
    ("cheaper", {"critique": "cheaper"}),
    ("can you make the whole thing cheaper?", {"critique": "cheaper"}),
    ("that's too much", {"critique": "cheaper"}),
    ("$200 all in", {"budget": "200.00"}),
    ("make it 200", {"budget": "200.00"}),
    ("we can go up to 300", {"budget": "300.00"}),
    ("the budget is 220 now", {"budget": "220.00"}),
    ("$220 total, cake at most 30", {"budget": "220.00", "cake": {"max": "30.00"}}),
]

VOUCHERS: list[Case] = [
    ("I have a 10% voucher", {"vouchers": [voucher(percent="10")]}),
    ("a coupon: 10 off from 60", {"vouchers": [voucher(amount="10", above="60")]}),
    ("20% off decorations", {"vouchers": [voucher("decorations", percent="20")]}),
    ("$5 gift card", {"vouchers": [voucher(amount="5")]}),
    ("two vouchers: 10% and 5 dollars off from 40",
     {"vouchers": [voucher(percent="10"), voucher(amount="5", above="40")]}),
    ("I've got a voucher worth $15", {"vouchers": [voucher(amount="15")]}),
    ("there's a 15 percent discount code", {"vouchers": [voucher(percent="15")]}),
    ("use my $10 coupon", {"vouchers": [voucher(amount="10")]}),
    ("I have a coupon, $10 off orders over $60", {"vouchers": [voucher(amount="10", above="60")]}),
    ("10% off everything", {"vouchers": [voucher(percent="10")]}),
    ("save 10 when you spend 60", {"vouchers": [voucher(amount="10", above="60")]}),
    ("spend 60 get 10 off", {"vouchers": [voucher(amount="10", above="60")]}),
    ("I have a voucher for 20% off the cake", {"vouchers": [voucher("cake", percent="20")]}),
    ("i got a 5$ giftcard", {"vouchers": [voucher(amount="5")]}),
    ("25% off party bags and a $5 voucher", {"vouchers": [voucher("favours", percent="25"), voucher(amount="5")]}),
    ("can I apply a 10% promo code?", {"vouchers": [voucher(percent="10")]}),
    ("my voucher takes 10 off when I spend 80 or more", {"vouchers": [voucher(amount="10", above="80")]}),
    ("half price tableware", {"vouchers": [voucher("tableware", percent="50")]}),
    ("ten percent off", {"vouchers": [voucher(percent="10")]}),
    ("we have a $10 gift voucher", {"vouchers": [voucher(amount="10")]}),
    ("15% off from 100", {"vouchers": [voucher(percent="15", above="100")]}),
]  # fmt: skip

DELIVERY: list[Case] = [
    ("needs to be here by Friday", {"date": "2026-11-27"}),
    ("the party is on the 14th", {"date": "2026-12-14"}),
    ("it has to arrive by December 4", {"date": "2026-12-04"}),
    ("party's this saturday", {"date": "2026-11-28"}),
    ("I need everything before the 5th", {"date": "2026-12-05"}),
    ("delivery until thursday please", {"date": "2026-11-26"}),
    ("the party is in two weeks", {"date": "2026-12-07"}),
]

OFFERED = [
    "raise the budget to $286.00 ($36.00 more)",
    "8 party favours instead of 12",
    "accept delivery on Monday, December 14",
    'drop "no plastic"',
    "leave out the cake",
]
"""What the turn before offered, because nothing fitted."""

CONSENT: list[Case] = [
    ("ok, 36 more is fine", {"accept": 1}),
    ("then 8 favours", {"accept": 2}),
    ("accept the later delivery", {"accept": 3}),
    ("drop the plastic rule", {"accept": 4}),
    ("yes, do that", {"accept": 1}),
    ("yes", {"accept": 1}),
    ("ok go ahead", {"accept": 1}),
    ("sure, raise the budget", {"accept": 1}),
    ("fine, 286 then", {"accept": 1}),
    ("the second one", {"accept": 2}),
    ("option 3 please", {"accept": 3}),
    ("plastic is ok", {"accept": 4}),
    ("alright, leave out the cake", {"accept": 5}),
    ("no cake then", {"accept": 5}),
    ("the later date works for us", {"accept": 3}),
    ("8 will do", {"accept": 2}),
    ("we can live with 8", {"accept": 2}),
    ("plastic would be fine", {"accept": 4}),
    ("let's take the first", {"accept": 1}),
    ("yep the 36 is okay", {"accept": 1}),
    ("no", {}),
    ("no thanks", {}),
    ("no way", {}),
    ("hmm, not really", {}),
    ("I don't want to raise the budget", {}),
    ("no, 36 more is too much", {}),
]
