"""Who at the review desk is on call, and how they are paged for a request that says a life is in danger."""
