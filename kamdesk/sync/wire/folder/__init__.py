"""What laptop and keeper lay into a shared folder: sealed letters, boxes, the pairing."""
