"""Who does the work of an experiment: this process, several of this machine, or a cluster."""
