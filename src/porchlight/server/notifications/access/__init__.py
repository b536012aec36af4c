"""What notices say to the outside: the signed links of a mail."""
