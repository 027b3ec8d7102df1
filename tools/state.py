"""The keys of a session's state, in one place. `temp:` keys live for one invocation and are never stored."""

BRIEF = "brief"  # Brief, as JSON
SHOWN = "shown"  # Outcome of the last recommendation, as JSON: what "the second" refers to
OFFERED = "offered"  # Relaxations of the last turn, as JSON: what "yes" agrees to
SEEN = "seen"  # product_ids turned down in this request
ASKED = "asked"  # slots asked for in this request
CHOSEN = "chosen"  # product_ids the shopper took
SPOKEN_OF = "spoken_of"  # product_ids that were spoken of last: what "both" and "the others" mean
HISTORY = "history"  # the session before each of the last changes: what "undo" goes back to
UNDONE = "undone"  # the session before each "undo" since the last change: what "redo" goes back to
TURN = "turn"  # what the last turn did: status, question, total, warnings
ANNOUNCED = "announced"  # whether the first reply has said which model speaks

REMEMBERED = "remembered"  # what this session knows of memory: the recipient's id, what was applied, consent
LEANINGS = "leanings"  # Leanings for this recipient, as JSON
LEFT_OUT = "left_out"  # product_ids of past gifts to the recipient

REQUEST = "temp:request"  # what the recommendation flow is to do
QUESTION = "temp:question"  # what the preference elicitor is to ask
LIKED = "temp:liked"  # product_ids the shopper gave a good word, in any conversation
DISLIKED = "temp:disliked"  # product_ids not to be offered to this shopper
CALLS = "temp:calls"  # the calls of `recommend` in this invocation, with their answers
USAGE = "temp:usage"  # model calls of this invocation

ASKING = "temp:asking"  # how the question of this turn was chosen
STEPPED = "temp:stepped"  # whether this invocation has its step in the history
STATED = "temp:stated"  # what a critique changed, in words for the reply
UNHEEDED = "temp:unheeded"  # what of it nothing that fits is

KNOWN = "temp:known"  # what memory holds of the recipient and the giver, where it was looked up in this invocation
RECALLED = "temp:recalled"  # what of it was used
TOLD = "temp:told"  # what this message said, took back and turned down
TOOK = "temp:took"  # product_ids taken in this invocation
PAST = "temp:past"  # what this message told of earlier gifts
STORED = "temp:stored"  # what this invocation stored by the shopper's words about memory
NOTES = "temp:notes"  # lines of code's own for the reply
ANSWER = "temp:answer"  # the answer to the shopper's words about memory
FORGOTTEN = "temp:forgotten"  # the shopper had everything forgotten in this invocation
MEMORY_WARNING = "temp:memory_warning"  # why memory was out of reach
