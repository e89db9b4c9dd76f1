"""The web worker: requests once they have arrived whole, open connections that wait, answers on their way out."""
