"""Tests of the pretend vendors; what they share stands beside this file."""
