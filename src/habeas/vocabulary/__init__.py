"""What may be stated, of what type, and who sees it unless told otherwise."""

from habeas.vocabulary.law import Property, kinds, normal, property_of

__all__ = ["Property", "kinds", "normal", "property_of"]
