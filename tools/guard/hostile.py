"""Messages that try to command the system instead of shopping."""

from __future__ import annotations

import re

_GAP = r"(?: [\w'-]+){0,4} "
_SECRETS = (
    r"(?:system prompt|prompts?|instructions?|rules?|guidelines?|configuration|config|api[- ]?keys?|passwords?|"
    r"secrets?|credentials?|source code|hidden (?:text|message|rules)|developer message|system message|training data|"
    r"env(?:ironment)? variables?|database)"
)
_HOSTILE = re.compile(
    "|".join(
        (
            rf"\b(?:ignore|disregard|override|overrule|bypass|circumvent|(?:forget|skip|discard|drop|"
            rf"break)(?= (?:\w+ )?(?:your|all|previous|prior|earlier|above|system|original|initial|every|"
            rf"any))){_GAP}?(?:instructions?|prompts?|rules?|guidelines?|directives?|restrictions?|filters?|"
            rf"safety|safeguards?|programming|training|orders|constraints)\b",
            r"\b(?:ignore|disregard|forget) (?:everything|all|anything) (?:above|before|you|i told|that|previous|"
            r"prior|said)\b",
            rf"\b(?:reveal|print|show|display|output|repeat|leak|dump|tell|give|expose|share|send|list|what is|"
            rf"what are|what's|read|quote|recite|write){_GAP}?(?:your |the |all )?(?:(?:hidden|secret|internal|"
            rf"initial|original|full|entire|exact|complete|admin|system|confidential|verbatim) )+{_SECRETS}\b",
            rf"\b(?:reveal|print|display|output|repeat|leak|dump|expose|recite|show|tell|give|what is|what are|"
            rf"what's) (?:me |us )?(?:all |the )?your (?:\w+ ){{0,2}}?{_SECRETS}\b",
            r"\bsystem prompts?\b|\bjail ?break|\bprompt injection\b|\b(?:developer|dev|debug|god|admin|root|"
            r"sudo|dan|maintenance|unrestricted|diagnostic) mode\b|\bdo anything now\b",
            r"\byou are (?:now )?(?:dan\b|an? (?:unrestricted|unfiltered|evil|hacker|linux|terminal|different|"
            r"pirate|uncensored|new)|no longer|freed?\b|in (?:developer|debug)|chatgpt|gpt|my (?:slave|servant)|"
            r"root)|\byou are now\b|\byour new (?:role|instructions?|task|rules?|goal|identity|persona)\b",
            r"\bpretend (?:that )?you (?:are|have|do)\b|\b(?:act|behave|respond|pretend|roleplay|"
            r"role-play) (?:as|like|to be|as if|that you are)(?: if)?(?: you (?:are|"
            r"were))? (?:an? )?(?:ai without|unrestricted|dan\b|hacker|evil|linux|terminal|root|admin|a system|"
            r"system|developer|different|unfiltered|jailbroken|another)",
            r"\b(?:set|make|change|update|mark|drop|reduce|put|turn|modify|edit|lower) (?:\w+ ){0,4}?(?:prices?|"
            r"costs?|totals?|everything|products?|items?|stock|discounts?)(?: \w+){0,4}? (?:to |at |as |by |"
            r"= ?)?(?:0\b|zero|free\b|100 ?%|negative|-\d|nothing|\$ ?0(?:\.0+)?\b|€ ?0\b|£ ?0\b|1 cent|0\.0)",
            r"\b(?:apply|give me|add|use) (?:a |an )?(?:100 ?%|full|total|employee|admin|99 ?%) discount\b|"
            r"\bsend (?:it|them|everything) for free\b|\bcharge (?:it |this |everything )?(?:to )?(?:someone|"
            r"another|a different|other)\b",
            r"\b(?:admin|root|administrator|master|database|user'?s?|customers?'?|other (?:users?|customers?|"
            r"people)'?s?) (?:password|credentials?|access|rights|credit cards?|card numbers?|data|orders?|"
            r"addresses|account|emails?|conversations?|chats?)\b",
            r"(?:\bdrop\s+table\b|\bunion\s+(?:all\s+)?select\b|\bselect\s+(?:\*|[\w,\s]{1,40}?)\s+from\s+\w+|"
            r"\binsert\s+into\s+\w+|\bdelete\s+from\s+\w+|\bupdate\s+\w+\s+set\s+\w+\s*=|"
            r"'\s*or\s+'?1'?\s*=\s*'?1|\bor\s+1\s*=\s*1|;\s*--|\bexec\s*\(|\bxp_cmdshell\b)",
            r"<\s*/?\s*(?:script|iframe|img|svg|object|embed|style|html|body|system|assistant|user|tool|function|"
            r"instructions?|im_start|im_end|a\s+href|input|form|meta|link|div|span|b|i|p|h\d)\b|"
            r"<\|[\w]{2,30}\|?>|\[/?(?:inst|system|sys|admin|assistant|tool)\]|<<\s*sys|\bjavascript:|"
            r"\bonerror\s*=|\{\{.{0,80}\}\}|\$\{.{0,80}\}",
            r"(?:\"|')?(?:tool_calls?|function_calls?|tool_code|tool_use|functioncall|function_response)(?:\"|"
            r"')?\s*[:=({]|\b[a-z]+_[a-z_]+\s*\(\s*(?:\{|\"|'|\w+\s*=)|\{\s*\"(?:name|tool|function|role|action|"
            r"state_delta|command)\"\s*:|\b(?:call|invoke|execute|run|use) (?:the )?(?:tool|function|command|"
            r"(?<!use )(?<!use the )code|code (?:interpreter|execution|runner|block|above|below)|"
            r"script|shell|sql|query)\b|\btransfer_to_agent\b",  # "use code SAVE15" is a shopper's voucher
            r"(?:^|[\s'\"“‘(\[])(?:system|assistant|developer|admin|tool)\s*:\s|###\s*(?:system|instruction|new)|"
            r"\bbegin (?:system|admin)|\bend of (?:prompt|instructions|system)|\brm\s+-rf\b|\bcurl\s+https?:|"
            r"\beval\s*\(|\bimport\s+os\b|\bos\.system|/etc/passwd|\bsudo\s+\w+|\bbase64\b|\.\./\.\./",
            r"(?:%[0-9A-F]{2}[^%\s]{0,15}){4}",  # an order in percent signs
            r"\b(?:how (?:to|do i|can i)|help me|teach me to) (?:make|build|create|buy) (?:a |an )?(?:bomb|"
            r"explosives?|weapon|virus|malware|meth)\b|\bkill (?:him|her|them|someone|myself)\b|\bhack (?:into|"
            r"the|my|his|her|this)\b",
        )
    ),
    re.IGNORECASE,
)
MAX_CHARS = 20_000


def is_hostile(message: str) -> bool:
    """Whether the message carries an injection, a demand for internals, or code instead of a request."""
    text = re.sub(r"[ \t\r\f\v\u200b-\u200f\u2060\ufeff]+", " ", message[:MAX_CHARS]).replace("’", "'")
    return _HOSTILE.search(text) is not None
