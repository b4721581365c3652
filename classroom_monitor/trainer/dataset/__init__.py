"""Data sets of labelled faces: reading them, their label schemes, splits and a report on them."""
