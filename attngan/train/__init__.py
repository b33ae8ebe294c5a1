"""Training: changes weights; never prints, never touches a disk. May import ground, nn, data, kinds."""
