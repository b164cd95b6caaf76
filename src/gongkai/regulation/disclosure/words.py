"""What the findings of this room say, in Chinese or English."""

from gongkai.regulation.messages import Catalogue

CATALOGUE = Catalogue.of("gongkai.regulation.disclosure")
message = CATALOGUE.message
advice = CATALOGUE.advice
