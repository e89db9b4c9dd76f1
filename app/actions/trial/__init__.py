"""Models before they are deployed: what is wrong with them, and how they run on a clock of their own. Nothing is written."""
