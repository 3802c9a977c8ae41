"""CTI Desktop: who is calling, on the agent's screen, and what came of it, safely back."""

__version__ = "0.1.0"
