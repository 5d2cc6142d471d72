"""The addresses of the API, a file a resource. An endpoint fetches what is visible and asks a verb."""
