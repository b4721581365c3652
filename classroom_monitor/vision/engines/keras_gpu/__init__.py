"""The engine for a GPU: the bundle's network in Keras, on whichever backend is there."""
