"""Training and evaluating models; needs the train extra. Only the command line imports it."""
