"""From candidates to picks: rules, scores, variety, one budget, and what to change when nothing fits."""
