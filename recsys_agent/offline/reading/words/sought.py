"""Words of everyday language that the readers look for, so that a slip in one of them is mended."""

SOUGHT = frozenset(
    # what somebody likes, dislikes, has, must not get
    "like likes liked love loves loved loving adore adores enjoy enjoys enjoying hate hates dislike dislikes detests "
    "prefer prefers appreciate appreciates collect collects collecting plays playing into obsessed interested interests "
    "interest passionate crazy keen fond fan fans lover hobby hobbies favourite favorite favourites favorites allergic "
    "allergy allergies intolerant intolerance vegan vegetarian coeliac celiac gluten lactose peanuts peanut nuts dairy "
    "shellfish already owns avoid without except anything everything nothing something someone somebody "
    "watches watching listens listening reads spends learning started really absolutely always never "
    # who and how old
    "years year months month old turn turns turning turned aged birthday celebrate celebrates celebrating birthdays "
    "retire retires retired retiring retirement married engaged graduating graduates pregnant leaving toddler teenager "
    "teenage schooler preschooler called named children child girls boys kids adults friends people guests guest family recipient person "
    # money
    "budget spend spending under over around about between below above maximum minimum most least less more than "
    "price costs cost cheap cheaper expensive affordable pricey dollars dollar euros euro pounds pound quid bucks each "
    "limit total exceed afford should stay within roughly approximately voucher coupon discount currency "
    # asking, reacting
    "gift gifts present presents looking search searching want wants need needs find show suggest suggestions recommend "
    "recommendation ideas idea options option please thanks thank hello different else other another better nicer "
    "similar fancier smaller bigger first second third fourth fifth last right quite none these those instead actually "
    "sorry meant forget remove change changed swap keep cancel include exclude perfect great awesome "
    "why compare explain order choose take surprise whatever matter delivery delivered "
    # parties and days
    "party parties plan planning throw throwing organise organize organising celebration theme themed invited coming "
    "cake decorations decoration balloons balloon tableware plates napkins cups favours favors activity activities games "
    "entertainment birthday christmas anniversary wedding housewarming graduation halloween easter valentine valentines "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december tomorrow tonight today weekend week weeks days next "
    # things said of gifts
    "colour color colours colors made leather plastic cotton wooden metal glass handmade practical useful special small "
    "with from that this they their there would could will have just only also because which what when where some very "
    "much many little work working house home school mother father sister brother daughter husband "
    "wants getting having going making being doing buying giving".split()
)

# Right words that the list of English words lacks, and that are near to others.
UNLISTED = frozenset(
    "monstera leds reserva papel repotting swatching squashy plink minibeast clicky keepy uppy speyside crocs loafers "
    "airpods hygge boho kdrama gochujang ramen boba ikea matcha kombucha nespresso".split()
)
