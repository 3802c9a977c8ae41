"""Every word that the agent reads, one module per view. English now; each text has one place."""
