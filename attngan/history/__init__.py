"""History lessons: the networks of the papers behind the presets `dcgan-2015` and `sagan-2018`."""
