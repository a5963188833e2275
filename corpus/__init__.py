"""From a published text to passages that can be cited."""
