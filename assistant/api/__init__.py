"""The HTTP interface: parse, call the assistant, render."""
