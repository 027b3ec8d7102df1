"""What a conversation costs: model calls, tokens, and milliseconds with the model's share apart.

Quality is worth reading only beside cost (Kapoor et al., 2024, "AI Agents That Matter").
"""

from __future__ import annotations

from eval.simulation.dialogue import Dialogue


def llm_calls(dialogue: Dialogue) -> int:
    """Model calls of the whole conversation."""
    return sum(exchange.reply.llm_calls for exchange in dialogue.exchanges)


def tokens(dialogue: Dialogue) -> int:
    """Prompt and output tokens of the whole conversation; estimates where the model does not count."""
    return sum(exchange.reply.tokens for exchange in dialogue.exchanges)


def model_failures(dialogue: Dialogue) -> int:
    """Turns that a model left to the stand-in, or that ended in an error."""
    replies = [exchange.reply for exchange in dialogue.exchanges]
    return sum(
        reply.status == "error" or any("could not be used" in warning for warning in reply.warnings)
        for reply in replies
    )


def turn_ms(dialogue: Dialogue) -> float:
    """Mean milliseconds a turn, model time included."""
    return sum(exchange.reply.milliseconds for exchange in dialogue.exchanges) / len(dialogue.exchanges)


def turn_model_ms(dialogue: Dialogue) -> float:
    """Mean milliseconds a turn inside model calls."""
    return sum(exchange.reply.model_ms for exchange in dialogue.exchanges) / len(dialogue.exchanges)
