"""Reading the files of other apps, and bringing them in."""
