"""Runs of the gold questions: asked, kept, told and held against each other."""
