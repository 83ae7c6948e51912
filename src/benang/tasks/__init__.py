"""What Benang can do, each once: a request in, a result out, with progress, cancel and an account."""
