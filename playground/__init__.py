"""The playground: the web page and the pretend vendors that it is tried against."""
