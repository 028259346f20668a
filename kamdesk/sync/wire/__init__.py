"""What goes over the wire: ops, messages, checksums; shared by the desk and the hub."""
