"""What several tests share: builders, and fakes that subclass the real thing."""
