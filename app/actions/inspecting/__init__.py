"""What administrators look into: instances found and counted, one of them seen whole, a case taken out as an archive."""
