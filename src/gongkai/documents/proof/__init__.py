"""PROOF that a copy from which something was taken out holds none of it (区分处理后的副本).

A black box over a name, white letters, a hidden layer, a comment, the version before the last one: whoever gets the file can
read them all. `prove` looks through everything a file holds and names the place, or says that it can't be looked through.
Pixels are not read: a clean proof still names the pictures that a person has to look at.
"""

from gongkai.documents.proof.verdict import Leak, Proof
from gongkai.documents.proof.worker import prove

__all__ = ["Leak", "Proof", "prove"]
