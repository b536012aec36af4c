"""The public record for programs, on the residents' host."""
