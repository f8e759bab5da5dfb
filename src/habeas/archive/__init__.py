"""Evidence as it came in: the bytes of a file, their hash, and where they lie in the book."""

from habeas.archive.capturing import capture

__all__ = ["capture"]
