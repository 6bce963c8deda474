"""The speech models for tests and demonstration: trained from nothing on what free synthesisers say."""
