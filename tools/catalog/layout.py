"""What a catalogue's folder holds, by name. ``catalog.json`` names the generation that serves."""

MANIFEST = "catalog.json"
REJECTED = "rejected.csv"
LOCK = ".lock"

GENERATIONS = "generations"
"""One folder a generation; in it `PRODUCTS`, `CHANGES`, `INDEX`, `VECTORS` and `IN_USE`."""

PRODUCTS = "products.jsonl"
CHANGES = "changes.jsonl"
INDEX = "index"
VECTORS = "vectors"
IN_USE = "in-use"

INTERACTIONS = "interactions.npz"
INTERACTIONS_REJECTED = "interactions_rejected.csv"
INTERACTIONS_LOCK = ".interactions.lock"
"""What shoppers did stands beside the generations and outlives them: ids stay the feed's."""

BESIDE = {INTERACTIONS, INTERACTIONS_REJECTED, INTERACTIONS_LOCK}

OWN_ENTRIES = {MANIFEST, f".{MANIFEST}", PRODUCTS, INDEX, REJECTED, GENERATIONS, LOCK, *BESIDE}
"""What we write. A target folder with anything else in it is not made a catalogue: it could be the user's."""

NOT_DATA = {MANIFEST, f".{MANIFEST}", REJECTED, GENERATIONS, LOCK, IN_USE, *BESIDE}
"""What of a catalogue is no product data, and is not carried over into its next generation."""
