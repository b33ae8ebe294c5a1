"""A trained thing: saved, opened, drawn from, judged. May import the ground floor, nn, data, kinds."""
