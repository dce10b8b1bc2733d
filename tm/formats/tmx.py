"""Translation Memory eXchange: the reader and the writer."""

from tm.formats.tmx_read import read
from tm.formats.tmx_write import write

__all__ = ["read", "write"]
