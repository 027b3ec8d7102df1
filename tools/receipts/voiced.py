"""The template in a brand's voice: as full as the voice allows, and never less true."""

from __future__ import annotations

from tools.receipts.evidence import Evidence
from tools.receipts.facts import shown
from tools.receipts.template import BRIEFER, render
from tools.receipts.verifier import problems
from tools.receipts.voice import Voice, voice_problems


def voiced(evidence: Evidence, voice: Voice) -> str:
    """The fullest template reply that keeps to the voice; where none does, the one that offends least.

    The brand's phrases are left out where with them the reply would say what has no evidence.
    """
    said = (text for reasons in BRIEFER for text in _worded(render(evidence, reasons), evidence, voice))
    offences: dict[str, int] = {}
    for text in said:
        offences[text] = len(voice_problems(text, voice, shown(evidence)))
        if not offences[text]:
            break  # the fullest that keeps to it: briefer ones need not be written
    return min(offences, key=lambda text: offences[text])


def _worded(plain: str, evidence: Evidence, voice: Voice) -> list[str]:
    """The text in the brand's words, in other words for those that are banned, and as it is; those that are true."""
    ways = dict.fromkeys((voice.apply(plain), voice.apply(voice.otherwise(plain)), voice.otherwise(plain)))
    if list(ways) == [plain]:  # a voice without phrases, or none of them here
        return [plain]
    bearable = len(problems(plain, evidence))
    return [text for text in ways if len(problems(text, evidence)) <= bearable] or [plain]
