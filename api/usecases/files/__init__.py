"""Files in and out over the web: looked through first, written when somebody says so, fetched once made."""
