"""The errors of this project.

    RecsysError
    ├── UsageError            what the caller typed or configured cannot be used
    │   ├── SettingsError     an environment variable or option
    │   └── CatalogError      a catalogue folder or a feed
    ├── SessionBusyError      another turn of the same session took too long
    ├── StoreUnreachableError the session store does not answer
    ├── MemoryUnreachableError the memory store does not answer
    ├── EmbeddingError        an embedding service failed
    └── CurrencyMismatch      two amounts of different currencies were compared or added

Every message says what was wrong, shows the value, and says what to do.
"""


class RecsysError(Exception):
    """Base of all errors raised on purpose; its text may be shown to a user."""


class UsageError(RecsysError):
    """What the caller typed or configured cannot be used."""


class SettingsError(UsageError):
    """An environment variable or a command-line option has a value that cannot be used."""


class CatalogError(UsageError):
    """A catalogue folder or a feed cannot be read."""


class EmbeddingError(RecsysError):
    """The service that makes vectors does not answer, or not as it should."""


class CurrencyMismatch(RecsysError):
    """Two amounts of different currencies were compared or added."""


class SessionBusyError(RecsysError):
    """Another turn of the same session took too long; the message was not kept and can be sent again."""

    def __init__(self) -> None:
        super().__init__("Another message of this conversation is still being answered. Please send yours again.")


class StoreUnreachableError(RecsysError):
    """The session store does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "The store of conversations does not answer at the moment. Please try again in a little while."
        )


class MemoryUnreachableError(RecsysError):
    """The memory store does not answer; a turn goes on without it."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(f"What I know from earlier conversations is out of reach just now ({type(cause).__name__}).")
