"""What runs a bundle's network: LiteRT on the CPU, Keras on a GPU, and the next where one fails."""
