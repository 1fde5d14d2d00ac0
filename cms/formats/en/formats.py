"""Dates, times and numbers as all of India writes them."""

from cms.formats.indian import *
