"""What the findings of the reviews say, in Chinese or English."""

from gongkai.regulation.messages import Catalogue

CATALOGUE = Catalogue.of("gongkai.regulation.review")
message = CATALOGUE.message
advice = CATALOGUE.advice
