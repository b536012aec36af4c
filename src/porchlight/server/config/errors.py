"""What can be wrong with a setting."""


class SettingError(Exception):
    """A setting cannot be used. The message names the variable and says what to write instead."""
