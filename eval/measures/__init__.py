"""The mathematics of evaluation: pure functions over rankings, texts, scores and samples."""
