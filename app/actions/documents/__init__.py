"""Files: how they come in, what they belong to, who reads them."""
