"""The engines behind `solve`, each against something slower and plainer."""
