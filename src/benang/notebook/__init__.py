"""What a notebook shows of a corpus, a network and a map; `showing.register` tells IPython."""
