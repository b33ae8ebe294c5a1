"""Where runs shall run, as a text: local, or ray:http://host:8265."""

from urllib.parse import urlsplit

from attngan.errors import AttnGanError, shown
from attngan.run.backends import Backend, Local
from attngan.run.cluster import PREFIX, Ray

FORMS = "local, or ray:http://HOST:PORT with the address of the cluster's dashboard"


def cluster_at(text: str, cpus: int = 1, waits: bool = True) -> Ray | None:
    """The cluster that a text names, None for local; raises AttnGanError for any other text."""
    if text == Local.name:
        return None
    address = text.removeprefix(PREFIX)
    try:
        parts = urlsplit(address)
        bare = (parts.path.strip("/"), parts.query, parts.fragment) == ("", "", "")
        well = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and bare
    except ValueError:
        well = bare = False
    if well and "@" in parts.netloc:  # not repeated
        raise AttnGanError(
            "The address of a cluster has no user and no password in it: give them to a proxy."
        )
    if not text.startswith(PREFIX) or not well or any(sign.isspace() for sign in text):
        raise AttnGanError(f"Where to run is {FORMS}, not {shown(text)}.")
    return Ray(f"{parts.scheme}://{parts.netloc}", cpus, waits)


def backend_at(text: str, niceness: int = 0, waits: bool = True) -> Backend:
    """The backend that a text names; raises AttnGanError for any other text."""
    return cluster_at(text, waits=waits) or Local(niceness)
