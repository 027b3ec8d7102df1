"""Success at turn t: the share of shoppers who had taken something that meets their goal by their t-th message.

The success rate SR@t of conversational recommendation (Lei et al., 2020, "Estimation-Action-Reflection"), without its
bound on turns: each shopper's own patience ends the conversation.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.simulation.dialogue import Dialogue


def success(dialogue: Dialogue) -> float:
    """1 or 0."""
    return float(dialogue.succeeded)


def success_by_turn(dialogues: Sequence[Dialogue], turns: int) -> list[float]:
    """Shares, for turn 1 to ``turns``; they never fall."""
    return [
        sum(d.succeeded and len(d.exchanges) <= turn for d in dialogues) / len(dialogues)
        for turn in range(1, turns + 1)
    ]
