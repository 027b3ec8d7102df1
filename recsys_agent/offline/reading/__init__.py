"""Deterministic understanding of a shopper's message: ``read`` gives a ``Reading``."""

from recsys_agent.offline.reading.model import Reading
from recsys_agent.offline.reading.reader import read

__all__ = ["Reading", "read"]
