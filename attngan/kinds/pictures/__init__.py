"""Pictures: their networks, how they are changed, grouped, laid out and filmed."""
