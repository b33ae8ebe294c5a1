"""How good a model is. May import the ground floor, nn, data, kinds, train, model."""
