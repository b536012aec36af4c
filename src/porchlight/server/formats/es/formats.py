"""Numbers in Spanish as they are written in the Americas: 1,200.5. Django's own `es` is that of Spain."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
