"""The day pack: a cover, then the brief of each visit."""
