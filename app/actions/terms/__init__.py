"""Working time, the terms of cases, and why they end when they do."""
