"""A run is its folder: the only room that knows its layout. May import all but command."""
