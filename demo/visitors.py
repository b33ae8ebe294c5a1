"""Who asks: as much as is needed to share the machine fairly."""

import os
from typing import Any


def address_of(request: Any) -> str:
    """The network address that a request comes from, "" where there is none.

    On a hosted Space all requests come from its proxy, which adds whom it speaks for at the end of
    X-Forwarded-For; elsewhere anybody could write that header, so it is not believed.
    """
    if request is None:
        return ""
    forwarded = str(request.headers.get("x-forwarded-for", "")) if "SPACE_ID" in os.environ else ""
    client = getattr(request, "client", None)
    return forwarded.rpartition(",")[2].strip() or (client.host if client else "") or ""
