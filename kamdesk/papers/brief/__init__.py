"""The visit brief: two pages, read before the door, private."""
