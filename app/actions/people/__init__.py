"""Who works here, who is away, and what people are told."""
