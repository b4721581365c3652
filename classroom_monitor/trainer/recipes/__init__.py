"""Recipes: what to train and how, one short file each."""
