"""What the controller offers to the graph."""
