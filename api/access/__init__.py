"""Access: who may do what, who may see whom, signing in and out."""
