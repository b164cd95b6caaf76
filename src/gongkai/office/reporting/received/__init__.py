"""Reports of others: read apart from everything else, matched with agencies, laid out, answered by letter."""
