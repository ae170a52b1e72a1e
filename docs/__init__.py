"""What explains the product, and the programs that write those of its pages which follow from the code."""
