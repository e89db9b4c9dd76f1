"""How an instance moves: started, told, carried on."""
