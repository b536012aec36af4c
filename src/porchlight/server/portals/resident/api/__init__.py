"""The residents' API, with the public record's."""
