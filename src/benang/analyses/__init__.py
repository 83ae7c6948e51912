"""What a network is to show: kinds of items and links, thresholds, and the one door to every network."""
