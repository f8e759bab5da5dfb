"""Estimates: statistics on tables and lengths of time that know no book and read no file."""
