"""A request that cannot be met because of what was asked, said in the reader's language at the edge."""


class UserError(Exception):
    """The user named something that is not there, or wrote it in a way that cannot be read.

    Attributes
    ----------
    key
        Name of the sentence under `error` in the texts.
    words
        What the sentence names: case references, pool ids, file names; never a person.
    """

    def __init__(self, key: str, **words: str) -> None:
        super().__init__(key)
        self.key = key
        self.words = words
