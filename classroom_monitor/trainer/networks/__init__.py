"""Networks that recipes build, what they start from, and how a bundle's is built again."""
