"""Speed and memory. Each module with a `main()` is a benchmark of `dev.py bench`: it prints one JSON line."""
