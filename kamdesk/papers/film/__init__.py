"""The film strip: a decision chain on three days on one page, and what moved in between."""
