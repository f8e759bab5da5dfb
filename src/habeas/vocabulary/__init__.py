"""What may be stated, of what type, and who sees it unless told otherwise; and which codes a word stands for."""

from habeas.vocabulary.codes import actor, meant_by
from habeas.vocabulary.law import Property, kinds, normal, property_of

__all__ = ["Property", "actor", "kinds", "meant_by", "normal", "property_of"]
