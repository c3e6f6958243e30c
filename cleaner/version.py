"""The version, apart from the package so that packaging reads it without importing anything."""

__version__ = "0.1.0"
