"""Background work of this domain: outbox handlers and periodic jobs."""
