"""What supOS offers to the graph, one module for each kind of object."""
