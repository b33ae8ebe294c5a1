"""attngan: attention-GANs that learn on two CPU cores, and show where they look."""
