"""Long work as jobs: asked for over the web or from the command line, done by workers, kept with results."""
