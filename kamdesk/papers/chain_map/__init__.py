"""The decision-chain map on paper and as a picture: content, sheets, drawing, files."""
