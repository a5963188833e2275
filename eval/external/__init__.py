"""Public data sets, read as questions over passages of their own."""
