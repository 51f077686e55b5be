"""The questions that an event asks beside the standing ones: sets, kinds, conditions."""
