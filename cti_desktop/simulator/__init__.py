"""A stand-in for the telephony provider, posting real webhook bodies: for demo, tests, load and training."""
