"""How the rooms are put together: settings, addresses, the way in for the server."""
