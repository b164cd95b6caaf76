"""Numbers that name a person, an organisation, a phone or an account: recognised by their own check rules."""
