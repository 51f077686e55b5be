"""What people type, in every script: cleaned, and what is wrong with it said in words."""
