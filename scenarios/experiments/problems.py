"""What can stop an experiment though nothing is wrong with it."""


class WorkersLost(Exception):
    """Workers went away again and again, or all at once, and nobody is left to go on.

    What was finished is kept; `key` names the sentence to say.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
