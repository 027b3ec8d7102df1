"""Every error raised on purpose is a RecsysError, so one except clause shows it to the user."""

from __future__ import annotations

import inspect

from tools import errors


def test_every_error_is_a_recsys_error_with_a_docstring() -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]
    assert classes
    assert all(issubclass(c, errors.RecsysError) and c.__doc__ for c in classes)


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    for name in ("SettingsError", "CatalogError"):
        assert issubclass(getattr(errors, name), errors.UsageError)
    assert not issubclass(errors.CurrencyMismatch, errors.UsageError)
    assert all(c.__name__ in (errors.__doc__ or "") for c in errors.RecsysError.__subclasses__())
