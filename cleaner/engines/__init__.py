"""The cleaner on engines that people already run; each module imports its engine only where it is used."""
