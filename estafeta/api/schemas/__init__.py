"""What goes in and out, typed; the OpenAPI document is made from these."""
