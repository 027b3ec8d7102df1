"""What a product's own text supports beyond what its feed states: interests, occasions, recipient ages and aspects.

After LLM-TAKE (theme-aware keyword extraction, Maragheh et al., 2023): extract, then filter what is invented, sensitive
or stuffed. Rules read at import; a model may read more. Both choose names from closed lists and give their words.
"""
