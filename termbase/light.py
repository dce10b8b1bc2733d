"""What a cold look-up needs of the standard library, without what else its modules load.

``typing`` alone takes a third of the time of a bare start of Python, and ``sqlite3`` and ``hashlib`` half of
theirs for dates and OpenSSL. Modules on the way of a look-up take the names below from here; type checkers
see the real ones.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from hashlib import blake2b
    from typing import Any
else:
    # The same objects; where another Python keeps them elsewhere the public modules serve.
    try:
        import _sqlite3 as sqlite3
    except ImportError:
        import sqlite3
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

__all__ = ["NamedTuple", "blake2b", "sqlite3"]


class NamedTuple(tuple):  # type: ignore[type-arg]
    """The base of a named tuple: fields are the annotations of the class, defaults their values.

    >>> class Point(NamedTuple):
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1, y=2)._replace(x=3) == (3, 2), Point(5).y
    (Point(x=1, y=0), True, 0)
    """

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _defaults: dict[str, Any] = {}  # noqa: RUF012  # one for each class, never written after it is made

    def __init_subclass__(cls) -> None:
        """Make a property of each field."""
        cls._fields = tuple(cls.__annotations__)
        cls._defaults = {name: cls.__dict__[name] for name in cls._fields if name in cls.__dict__}
        for place, name in enumerate(cls._fields):
            setattr(cls, name, property(_getter(place)))

    def __new__(cls, *values: Any, **named: Any) -> Any:
        """Make a tuple of values by place and by name."""
        if named or len(values) < len(cls._fields):
            given = {**cls._defaults, **dict(zip(cls._fields, values, strict=False)), **named}
            if len(given) != len(cls._fields):
                raise TypeError(f"{cls.__name__} takes the values {', '.join(cls._fields)}")
            values = tuple([given[name] for name in cls._fields])
        elif len(values) > len(cls._fields):
            raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values")
        return tuple.__new__(cls, values)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Any:
        return tuple.__new__(cls, values)

    def _replace(self, **named: Any) -> Any:
        return type(self)(**{**dict(zip(self._fields, self, strict=True)), **named})

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({shown})"


def _getter(place: int) -> Any:
    from _operator import itemgetter

    return itemgetter(place)
