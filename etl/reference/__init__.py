"""The unit register: compiled from two packages of the registry, kept as CSV under data/reference.

The packages are build-time tools. The product reads the CSVs and never imports the packages.
"""
