"""The Click commands of this package; each is one file, loaded when it is called."""
