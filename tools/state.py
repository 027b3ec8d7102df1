"""The keys of a session's state, in one place. `temp:` keys live for one invocation and are never stored."""

BRIEF = "brief"  # Brief, as JSON
SHOWN = "shown"  # Outcome of the last recommendation, as JSON: what "the second" refers to
OFFERED = "offered"  # Relaxations of the last turn, as JSON: what "yes" agrees to
SEEN = "seen"  # product_ids turned down in this request
ASKED = "asked"  # slots asked for in this request
CHOSEN = "chosen"  # product_ids the shopper took
TURN = "turn"  # what the last turn did: status, question, total, warnings
ANNOUNCED = "announced"  # whether the first reply has said which model speaks

REQUEST = "temp:request"  # what the recommendation flow is to do
QUESTION = "temp:question"  # what the preference elicitor is to ask
CALLS = "temp:calls"  # the calls of `recommend` in this invocation, with their answers
USAGE = "temp:usage"  # model calls of this invocation
