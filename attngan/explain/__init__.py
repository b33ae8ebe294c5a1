"""What is read of attention. May import the ground floor, nn, data, kinds, model."""
