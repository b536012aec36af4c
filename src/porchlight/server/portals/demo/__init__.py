"""Pages that exist in demo mode only: one-click sign-in, passphrases and codes, the mail page, clips to try with."""
