"""The explainer: says why each pick fits, in words over evidence."""
