"""What people like: known interests, nouns and verbs that imply one, and product nouns.

Open phrases ("she loves Byzantine coins") need no entry here. The lists serve terse messages without a verb of liking
("dad, 60, golf, whisky"), agent nouns, verbs, singular/plural, and coordinations that must not be split.
"""


def _list(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(",") if word.strip())


KNOWN = _list("""
    3d printing, abstract art, acting, adventure, aeroplanes, airplanes, amateur radio, american football, animals, anime,
    antiques, aquariums, archaeology, archery, architecture, aromatherapy, art, astrology, astronomy, athletics, audiobooks,
    aviation, backpacking, badminton, baking, ballet, barbecue, bbq, baseball, basketball, bath bombs, beachcombing, beauty,
    beekeeping, beer, bees, biking, billiards, biology, birds, birdwatching, birding, bird watching, blacksmithing, blues,
    board games, boating, bonsai, books, bowling, boxing, brewing, bridge, bread, bread baking, building blocks, bushcraft,
    butterflies, cacti, calligraphy, camping, candles, candle making, canoeing, canyoning, card games, caravanning, cars,
    castles, cats, ceramics, champagne, cheese, chemistry, chess, chickens, chocolate, christmas decorations, cigars, cinema,
    circus, classic cars, classical music, climbing, clothes, cocktails, coding, coffee, colouring, coloring, coins, collecting, comedy, comics,
    comic books, computers, computer games, construction, cookbooks, cooking, cosmetics, cosplay, country music, craft beer,
    crafting, crafts, cricket, crime novels, crochet, cuddly, crocheting, cross stitch, crossfit, crosswords, cruises, crystals,
    cycling, dance, dancing, darts, design, diggers, dinosaurs, disney, diving, diy, djing, documentaries, dogs, dolls,
    dragons, drama, drawing, dressing up, drones, drums, drumming, electronics, embroidery, engineering, escape rooms,
    essential oils, experiments, fairies, fancy dress, fantasy, fantasy books, fantasy novels, farming, fashion, fencing, figure skating,
    film, films, fine dining, fire trucks, fish, fishing, fitness, flowers, flying, folk music, food, football, foraging,
    formula 1, f1, fossils, fountain pens, fragrance, frisbee, furniture, gadgets, gambling, games, gaming, garden, gardening,
    genealogy, geography, geology, gin, go karting, gold, golf, graphic novels, grilling, guinea pigs, guitar, gym, gymnastics,
    handball, harry potter, heavy metal, herbs, hiking, hip hop, history, hockey, home decor, home improvement, homebrewing,
    horror movies, horse riding, horseback riding, horses, hot sauce, houseplants, house plants, hunting, ice cream,
    ice hockey, ice skating, ikebana, illustration, indoor plants, insects, interior design, italian cooking, italian food,
    jazz, jewelry, jewellery, jigsaw puzzles, jigsaws, jiu jitsu, jogging, journaling, journalling, judo, juggling, k-pop,
    karaoke, karate, kayaking, kite surfing, kites, knights, knitting, kpop, languages, leather goods, lego, leisure, linguistics,
    literature, lord of the rings, macrame, magic, magic tricks, make-up, makeup, manga, maps, martial arts, marvel, massage,
    mathematics, maths, math, meditation, mermaids, metal music, military history, minecraft, mindfulness, model building,
    model trains, model railways, model planes, monsters, motor racing, motorbikes, motorcycles, motorsport, mountain biking,
    mountaineering, movies, mountains, murder mysteries, musicals, mushrooms, music, museums, mythology, nail art, naps, nature,
    needlework, nutrition, ocean, oil painting, old movies, opera, orchids, origami, outdoor cooking, outdoor play, outdoors,
    the outdoors, owls, painting, pandas, paper crafts, parkour, pasta, pets, philosophy, photography, physics, piano, picnics,
    pigeons, pilates, ping pong, pirates, pizza, planes, plants, podcasts, poetry, pokemon, poker, politics, polo, pool,
    popcorn, pop music, pottery, princesses, psychology, pubs, puppets, puzzles, quilting, quizzes, rabbits, racing, rally,
    rap, reading, red wine, records, reptiles, retro games, retro gaming, robotics, robots, rock climbing, rock music,
    role play, role-playing games, roller skating, romance novels, roses, rowing, rugby, running, sailing, salsa, saxophone,
    scented candles, sci-fi, science, science fiction, scouting, scrapbooking, scuba diving, sculpture, sewing, sharks, shoes,
    shopping, singing, skateboarding, skating, sketching, skiing, skincare, skin care, sleep, slime, smart home, sneakers,
    snooker, snorkeling, snorkelling, snowboarding, soap making, soccer, social media, soft toys, space, spas, spicy food,
    sport, sports, stained glass, stamps, stamp collecting, star trek, star wars, stargazing, stars, stationery, steam trains,
    sudoku, succulents, superheroes, sushi, surfing, sustainability, swimming, table tennis, tabletop games, tango, tarot,
    taylor swift, tea, tech, technology, tennis, theater, theatre, tools, toys, tractors, trail running, train sets, trains,
    travel, travelling, traveling, trees, trivia, true crime, trucks, tv shows, ukulele, unicorns, upcycling, vegetables,
    video games, videogames, vinyl, vinyl records, violin, volleyball, volunteering, walking, walks, watches, watercolour,
    watercolours, watercolor, watercolors, watercolour painting, watersports, weaving, weightlifting, weight training,
    wellness, wildlife, whiskey, whisky, whittling, wine, wines, woodwork, woodworking, word games, wordle, world war 2,
    wrestling, writing, yoga, zumba, legos, barbie, bluey, frozen, paw patrol, pilates, trampolining, hammocks, board game,
    craft supplies, nail polish, perfume, spa days, self-care, self care, pampering, kitchen gadgets, home brewing, bourbon,
    rum, mixology, prosecco, cross-stitch, baking bread, sourdough, fermentation, pickling, hot chocolate, matcha, birdhouses,
    bird feeding, metal detecting, geocaching, disc golf, crime shows, thrillers, biographies, historical fiction, poetry slams,
    rock music, indie music, vintage cars, vintage, retro, thrifting, magnets, ghosts, horror, true crime podcasts, bouldering,
    paddleboarding, paddle boarding, padel, pickleball, netball, lacrosse, softball, squash, triathlon, triathlons, marathons,
    spinning, crossfit, hula hoop, ballroom dancing, hip-hop, techno, house music, electronic music, punk, reggae, soul music,
    the beatles, dungeons and dragons, d&d, warhammer, magic the gathering, pc gaming, playstation, nintendo, xbox,
    farm animals, wild animals, sea animals, sea life, marine life, whales, dolphins, turtles, penguins, elephants, foxes,
    hedgehogs, ladybirds, bugs, spiders, snakes, bears, wolves, tigers, lions, monkeys, sloths, llamas, ponies, ducks
""")

# Words of KNOWN too common in other senses to be read without a verb of liking.
NEEDS_A_CUE = _list("""
    adventure, beauty, books, bridge, collecting, construction, design, fish, food, football table, games, gold, leisure,
    pool, sleep, space, stars, walks, watches, toys, tools, records, clothes, shoes, shopping, drama, comedy, nature, pets,
    outdoors, the outdoors, party games, film, frozen, flying, racing, magic, bread, trees, garden, maps, languages, bears,
    board game, monsters, ocean, social media, vintage, retro, horror, pubs, naps, spinning, soul music, magnets, squash,
    boating, rally, dance, tech, dragons, writing, animals, home improvement, furniture, amateur radio, running, flowers,
    sport, fantasy, soft toys, plants, jigsaws, pirates, princesses, unicorns, dinosaurs, fairies, knights, superheroes, cuddly
""")

# "is a keen gardener", "for a foodie": a noun for a person that says what they like.
AGENTS: dict[str, str] = {
    "gardener": "gardening", "runner": "running", "jogger": "running", "cyclist": "cycling", "biker": "motorcycles",
    "motorcyclist": "motorcycles", "bookworm": "reading", "reader": "reading", "bibliophile": "reading", "foodie": "food",
    "cook": "cooking", "home cook": "cooking", "chef": "cooking", "home chef": "cooking", "baker": "baking", "hiker": "hiking",
    "rambler": "hiking", "climber": "climbing", "mountaineer": "mountaineering", "swimmer": "swimming", "surfer": "surfing",
    "skier": "skiing", "snowboarder": "snowboarding", "skater": "skateboarding", "skateboarder": "skateboarding",
    "golfer": "golf", "angler": "fishing", "fisherman": "fishing", "sailor": "sailing", "camper": "camping",
    "traveller": "travel", "traveler": "travel", "globetrotter": "travel", "globe-trotter": "travel", "photographer": "photography",
    "painter": "painting", "knitter": "knitting", "crocheter": "crochet", "quilter": "quilting", "sewer": "sewing", "seamstress": "sewing",
    "potter": "pottery", "ceramicist": "ceramics", "woodworker": "woodworking", "crafter": "crafts", "gamer": "gaming",
    "musician": "music", "pianist": "piano", "guitarist": "guitar", "drummer": "drums", "violinist": "violin",
    "cellist": "cello", "singer": "singing", "dancer": "dancing", "ballerina": "ballet", "film buff": "film", "cinephile": "film",
    "movie buff": "movies", "astronomer": "astronomy", "stargazer": "astronomy", "birder": "birdwatching",
    "birdwatcher": "birdwatching", "bird watcher": "birdwatching", "twitcher": "birdwatching", "beekeeper": "beekeeping",
    "homebrewer": "homebrewing", "home brewer": "homebrewing", "techie": "technology", "tech geek": "technology",
    "tech nerd": "technology", "coder": "coding", "programmer": "coding", "yogi": "yoga", "fashionista": "fashion",
    "oenophile": "wine", "wino": "wine", "sommelier": "wine", "audiophile": "music", "petrolhead": "cars", "gearhead": "cars",
    "car nut": "cars", "chocoholic": "chocolate", "shopaholic": "shopping", "workaholic": "", "equestrian": "horse riding",
    "horse rider": "horse riding", "footballer": "football", "soccer player": "soccer", "gym rat": "fitness", "gym bunny": "fitness",
    "gym-goer": "fitness", "genealogist": "genealogy", "illustrator": "illustration", "calligrapher": "calligraphy",
    "scrapbooker": "scrapbooking", "diyer": "diy", "handyman": "diy", "tinkerer": "diy", "griller": "grilling",
    "grill master": "grilling", "mixologist": "cocktails", "barista": "coffee", "diver": "diving", "scuba diver": "scuba diving",
    "kayaker": "kayaking", "rower": "rowing", "archer": "archery", "boxer": "boxing", "triathlete": "triathlons",
    "marathoner": "running", "trekkie": "star trek", "potterhead": "harry potter", "swiftie": "taylor swift", "whovian": "doctor who",
    "plantsman": "plants", "puzzler": "puzzles", "crossword solver": "crosswords", "cruciverbalist": "crosswords",
    "outdoorsman": "outdoors", "mycologist": "mushrooms", "caravanner": "caravanning", "meditator": "meditation", "outdoorsy": "outdoors",
    "sporty": "sports", "athletic": "sports", "bookish": "reading", "artsy": "art", "arty": "art", "artistic": "art",
    "musical": "music", "crafty": "crafts", "techy": "technology", "tech-savvy": "technology", "tech savvy": "technology",
}  # fmt: skip

# Agent nouns that are first of all a job: an interest only with "keen", "amateur", "great" and the like.
JOBS = frozenset(
    "chef cook baker photographer painter singer dancer musician barista sommelier programmer coder fisherman "
    "potter boxer diver reader traveller traveler handyman seamstress illustrator sailor sewer biker".split()
)

# "X lover", "X fan": the noun before says what.
FAN_NOUNS = (
    "lovers?|fans?|fan boy|fan girl|fanboy|fangirl|enthusiasts?|buffs?|nuts?|nuts|freaks?|geeks?|addicts?|fanatics?|aficionados?|junkies?|nerds?|"
    "person|people|maniacs?|devotees?|obsessives?|connoisseurs?|snobs?|collectors?|players?|hobbyists?|wizards?|whiz|"
    "lady|ladies|mom|mum|dad|girl|guy|man|woman|mad|obsessed|crazy|loving|-loving|-mad|-obsessed|-crazy"
)

# Third person and base form of verbs that are hobbies: verb stem -> interest.
VERBS: dict[str, str] = {
    "garden": "gardening", "bake": "baking", "cook": "cooking", "read": "reading", "paint": "painting", "draw": "drawing",
    "sketch": "sketching", "knit": "knitting", "crochet": "crochet", "sew": "sewing", "quilt": "quilting", "hike": "hiking", "camp": "camping",
    "run": "running", "jog": "jogging", "cycle": "cycling", "bike": "biking", "swim": "swimming", "surf": "surfing", "ski": "skiing",
    "snowboard": "snowboarding", "skate": "skating", "skateboard": "skateboarding", "climb": "climbing", "sail": "sailing", "row": "rowing",
    "fish": "fishing", "golf": "golf", "dance": "dancing", "sing": "singing", "write": "writing", "travel": "travel", "code": "coding",
    "brew": "brewing", "garage": "", "photograph": "photography", "meditate": "meditation", "kayak": "kayaking", "box": "boxing",
    "embroider": "embroidery", "grill": "grilling", "barbecue": "barbecue", "juggle": "juggling", "shop": "shopping",
    "birdwatch": "birdwatching", "scrapbook": "scrapbooking", "journal": "journaling", "craft": "crafts", "weave": "weaving",
    "walk": "walking", "sculpt": "sculpture", "whittle": "whittling", "hunt": "hunting", "forage": "foraging", "game": "gaming",
    "work out": "fitness", "exercise": "fitness", "act": "acting", "dive": "diving", "ride": "riding", "decorate": "decorating",
    "entertain": "entertaining", "explore": "exploring", "collect": "collecting", "relax": "relaxing", "wood work": "woodworking",
}  # fmt: skip

# Verbs read as a hobby even in plain statements ("he gardens"); the others are too common in other senses.
PLAIN_VERBS = frozenset(
    "garden bake knit crochet sew quilt hike camp jog ski snowboard skateboard climb sail surf swim "
    "cycle golf kayak meditate embroider birdwatch scrapbook dance paint cook".split()
)

# Nouns for things one can buy: "a scarf for my girlfriend" wishes for scarves. Singular.
PRODUCTS = _list("""
    watch, smartwatch, scarf, book, cookbook, novel, headphones, earphones, earbuds, mug, lamp, bag, handbag, tote bag, backpack,
    toy, puzzle, jigsaw, game, board game, card game, video game, necklace, bracelet, earrings, ring, pendant, brooch, jewellery, jewelry, perfume,
    candle, blanket, throw, hat, beanie, gloves, socks, wallet, purse, belt, tie, cufflinks, pen, fountain pen, notebook, journal, planner,
    diary, camera, speaker, bluetooth speaker, drone, bike, bicycle, scooter, tent, sleeping bag, knife, pan, teapot, kettle, bottle,
    water bottle, whisky glass, wine glass, plant, houseplant, vase, print, poster, painting, guitar, ukulele, keyboard, record player,
    turntable, telescope, microscope, binoculars, chess set, lego set, doll, dollhouse, teddy bear, plush toy, soft toy, robot, kite,
    ball, football, skateboard, helmet, yoga mat, dumbbell, sunglasses, umbrella, slippers, robe, dressing gown, pyjamas, pajamas, hoodie,
    t-shirt, shirt, sweater, jumper, dress, jacket, tool set, toolbox, tool kit, grill, gift card, voucher, subscription, hamper, gift basket,
    bouquet, flowers, chocolates, tea set, coffee machine, coffee maker, espresso machine, coffee grinder, cushion, pillow, clock, alarm clock,
    mirror, rug, photo frame, picture frame, photo album, globe, map, suitcase, luggage, train set, science kit, craft kit, art set,
    paint set, easel, bird feeder, bird house, plant pot, planter, garden tool, watering can, hammock, deck chair, rocking horse,
    rattle, comforter, play mat, baby blanket, apron, chopping board, cheese board, cutting board, knife set, wine rack, decanter, corkscrew,
    cocktail shaker, cocktail set, ice cream maker, waffle maker, pizza oven, pizza stone, air fryer, blender, mixer, spice set, tea, coffee,
    wine, whisky, gin, beer, chocolate, cheese, e-reader, ereader, tablet, laptop, phone case, power bank, charger, smart lamp, night light,
    projector, printer, instant camera, polaroid, tripod, telescope, calculator, desk lamp, desk organiser, desk organizer, bookmark, bookend,
    keyring, keychain, ornament, figurine, sculpture, wind chime, diffuser, essential oil, bath bomb, soap, skincare set, hand cream, face mask,
    makeup set, lipstick, mascara, nail varnish, razor, shaving kit, beard kit, hair dryer, massage gun, massager, foot spa, heating pad, weighted blanket, eye mask, hot water bottle,
    travel pillow, passport holder, travel mug, thermos, flask, hip flask, cooler, picnic basket, picnic blanket, compass, pocket knife,
    multitool, headlamp, torch, fishing rod, golf balls, tennis racket, running shoes, trainers, sneakers, boots, swimsuit, towel, gym bag,
    jump rope, trampoline, swing, slide, sandpit, balance bike, tricycle, dress-up costume, costume, magic set, marble run, building blocks,
    building set, model kit, model car, remote control car, rc car, action figure, colouring book, coloring book, sticker book, activity book,
    picture book, comic, graphic novel, magazine subscription, audiobook, vinyl record, concert ticket, ticket, experience day, cooking class,
    spa day, escape room, knitting kit, embroidery kit, sewing machine, sewing kit, yarn, pottery kit, candle making kit, soap making kit,
    terrarium, bonsai, cactus, succulent, orchid, seeds, seed kit, grow kit, herb garden, honey, olive oil, hot sauce, jam, biscuits, cookies, sweets
""")

# Coordinations that are one thing.
UNITS = (
    "arts and crafts", "art and craft", "rock and roll", "rock n roll", "rock 'n' roll", "dungeons and dragons",
    "mac and cheese", "fish and chips", "rhythm and blues", "drum and bass", "bed and breakfast", "gin and tonic",
    "salt and pepper", "black and white photography", "black and white movies", "black and white films", "black and white",
    "track and field", "hide and seek", "beauty and the beast", "country and western", "peanut butter and jelly",
    "guns and roses", "health and fitness", "pen and paper games", "pen and paper", "research and development", "sword and sorcery", "rest and relaxation", "rick and morty",
    "pride and prejudice", "romeo and juliet", "tom and jerry", "ben and jerry's", "lilo and stitch",
    "snakes and ladders", "cops and robbers", "song of ice and fire",
    "bubble and squeak", "surf and turf", "sip and paint", "paint and sip", "hack and slash", "florence and the machine", "mumford and sons",
    "simon and garfunkel", "earth wind and fire", "calvin and hobbes", "dungeons & dragons",
)  # fmt: skip
