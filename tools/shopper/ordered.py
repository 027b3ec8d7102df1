"""Whether the shopper's last message can have ordered what a model does to memory: no seller's word, and no other.

What cannot be taken back, and what lets us write unasked, needs a word for it, in any of the languages shoppers write
to shops in; facts need the shopper's words, or a wish that our lexicon knows under another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tools.guard.quarantine import quarantine
from tools.lexicon import canonical_interest, canonical_restriction
from tools.lexicon.qualities import canonical_quality
from tools.lexicon.stems import stems
from tools.shopper.origin import check_wanted

_YES = r"|^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|do it|ja|oui|s[ií]|sim|tak|да|是|はい)\b"
_ERASE = re.compile(
    r"forg[eo]t|delet|eras|remov|wip(?:e|ing)|clear|destroy|purge|scrub|get rid|throw|scrap|drop|reset|never mind|"
    r"\b(?:not|n[o']t|stop|nothing)\b.*\b(?:keep|know|remember|store|save)|vergiss|vergess|lösch|loesch|entfern|olvid|"
    r"borr|elimin|oubli|effac|supprim|dimentic|cancell|scord|\bwis|vergeet|verwijder|esque[cç]|apag|exclu|zapomn|usu[nń]|"
    r"забуд|удал|сотр|忘|删|刪|清除|消し|削除|잊|삭제|지워|भूल|مسح|احذف|انس|sil\b|unut" + _YES,
    re.IGNORECASE,
)
_PAUSE = re.compile(
    r"stop|quit|\bno\b|\bnot\b|n['’]t\b|\bnever\b|pause|\boff\b|nothing|hör auf|kein|nicht|\bnie|arrêt|\bpas\b|deja|"
    r"smett|\bnon\b|niet|nee|pare|não|przesta|не\b|перестан|хватит|别|不|停|止|やめ|しない|그만|하지" + _YES,
    re.IGNORECASE,
)
_WRITE = re.compile(
    r"messag|remind|notif|\bwrite|mail|contact|ping|alert|\btell me|let me know|heads[- ]?up|nudge|reach|\btext|warn|"
    r"nachricht|erinner|schreib|meld|benachricht|mensaj|avis|recu[eé]rd|escr[ií]b|rappel|prév|écri|messagg|ricord|avvis|"
    r"scriv|herinner|bericht|lembr|mensag|przypom|wiadom|напом|сообщ|пис|提醒|消息|通知|メッセージ|知らせ|알림|메시지"
    + _YES,
    re.IGNORECASE,
)
_NEEDED = {"forget": _ERASE, "forget_all": _ERASE, "pause": _PAUSE, "allow_messages": _WRITE}


def check_ordered(action: str, told: Iterable[str], wrong: Iterable[str], said: str, last_message: str) -> None:
    """Raises ValueError, in words for a model.

    ``told`` are the facts to be kept, ``wrong`` those that are said to hold no longer, ``said`` all that the shopper
    wrote, its end the ``last_message``.
    """
    check_wanted({"action": action, "remove": list(wrong)}, last_message)
    if (needed := _NEEDED.get(action)) and not needed.search(last_message):
        raise ValueError(f"action: the last message does not ask for {action!r}; do only what the shopper says")
    own = set(stems(said))
    for value in told:
        if quarantine(value)[1] - {"look-alike"}:
            raise ValueError(f"{value[:60]!r} is no fact; pass only what the shopper said")
        known = canonical_interest(value) or canonical_restriction(value) or canonical_quality(value)
        if not known and own.isdisjoint(stems(value)) and said.isascii():
            raise ValueError(f"{value[:60]!r} was not said by the shopper; pass only what they said, in their words")
