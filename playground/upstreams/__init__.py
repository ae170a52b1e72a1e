"""Pretend vendors, written from their documents, to develop and test against."""
