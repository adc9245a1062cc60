"""Writing everything a lifter has to files, in our own formats and in those of other apps."""
