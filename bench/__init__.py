"""What it costs: repeatable measurements with a table as output. `python -m bench [NAME ...]`."""
