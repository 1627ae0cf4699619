"""The general dictionary between Bulgarian and English: what a word of one may be called in the other."""

from .dictionary import Translation, kindred_senses, senses

__all__ = ["Translation", "kindred_senses", "senses"]
