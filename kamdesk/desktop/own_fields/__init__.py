"""Fields of the workspace's own: the page that defines them, and their values on other pages."""
