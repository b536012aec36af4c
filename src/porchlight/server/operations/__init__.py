"""What an operator needs to know of a running installation: is it ready, is it whole, what is it doing."""
