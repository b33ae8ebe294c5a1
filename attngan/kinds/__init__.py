"""What can be generated: one folder a kind. May import the ground floor, nn."""
