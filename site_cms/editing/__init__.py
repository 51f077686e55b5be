"""How editors work: who may edit which page, review by a colleague, content checks, the dashboard."""
