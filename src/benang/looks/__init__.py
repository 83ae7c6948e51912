"""How a map looks, on paper and on screen: sizes, colours, overlays, densities, and which names are shown."""
