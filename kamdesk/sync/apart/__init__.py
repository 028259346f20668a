"""What two wrote apart: values that wait for the user, texts and fields that come together."""
