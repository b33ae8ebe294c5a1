"""What is asked of a Ray cluster by its SDK: each question ends in time, each error is one sentence."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attngan
from attngan.errors import AttnGanError, short
from attngan.text import one_line

if TYPE_CHECKING:
    from ray.job_submission import JobSubmissionClient

T = TypeVar("T")

SECONDS = 5.0  # that the cluster has to answer a question
SENDING_SECONDS = 60.0  # that it has to take a package
OTHER_CLUSTER = ("RAY_API_SERVER_ADDRESS", "RAY_ADDRESS")  # by which Ray would go elsewhere
UPLOADS = ("ray.dashboard.modules.dashboard_sdk", "ray._private.runtime_env.packaging")  # who tells of them
MOST_NODES = 10_000


class Dashboard:
    """The dashboard of a cluster, which takes jobs. Its methods raise AttnGanError where it does not answer,
    where Ray is not installed here, and for what it refuses.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._clients: dict[float, JobSubmissionClient] = {}  # by the seconds that their questions may take

    def check(self) -> None:
        """Nothing where a cluster is there."""
        self._clients.clear()
        self._client()

    def submit(self, job: str, package: Path, cpus: int, gpus: int = 0) -> None:
        """Have a ferry run on some node what a package holds, with the library as it is here."""
        library = str(Path(attngan.__file__).parent)
        client = self._client(SENDING_SECONDS)
        self._asked(
            lambda: client.submit_job(
                entrypoint="python -m attngan.run.ferry",
                submission_id=job,
                entrypoint_num_cpus=cpus,
                entrypoint_num_gpus=gpus,
                runtime_env={
                    "working_dir": str(package),
                    "py_modules": [library],
                    "excludes": ["__pycache__", "*.pyc"],
                },
            )
        )

    def info(self, job: str) -> Any:
        """What the cluster tells of a job (ray's JobDetails), None where it knows none."""
        return self._asked(lambda: self._client().get_job_info(job))

    def log(self, job: str) -> str:
        """What a job has said."""
        return self._asked(lambda: self._client().get_job_logs(job)) or ""

    def stop(self, job: str) -> None:
        """End a job within seconds."""
        self._asked(lambda: self._client().stop_job(job))

    def processors(self) -> float:
        """Those of all nodes together."""
        client: Any = self._client()
        path = f"/api/v0/nodes?limit={MOST_NODES}&detail=1"
        answer: Any = self._asked(lambda: client._do_request("GET", path))
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            nodes = answer.json()["data"]["result"]["result"]
            alive = (one["resources_total"] for one in nodes if one["state"] == "ALIVE")
            return float(sum(one.get("CPU", 0) for one in alive))
        raise AttnGanError(f"The cluster at {self.address} does not tell what nodes it has.")

    def _client(self, seconds: float = SECONDS) -> "JobSubmissionClient":
        if seconds in self._clients:
            return self._clients[seconds]
        if named := next((name for name in OTHER_CLUSTER if os.environ.get(name)), None):
            raise AttnGanError(f"{named} is set, so Ray would ask that cluster instead: unset it.")
        try:
            from ray.job_submission import JobSubmissionClient
        except ImportError as error:
            raise AttnGanError(
                "Ray is not installed here: install it by `pip install attngan[ray]`."
            ) from error
        for name in UPLOADS:
            logging.getLogger(name).setLevel(logging.ERROR)  # else each is told on standard error

        class Client(JobSubmissionClient):
            def _do_request(self, *arguments: Any, **options: Any) -> Any:
                return super()._do_request(*arguments, **{"timeout": seconds} | options)

        found = self._asked(lambda: Client(self.address))
        if found is None:
            raise AttnGanError(
                f"There is no Ray cluster at {self.address}: give the address of its dashboard."
            )
        self._clients[seconds] = found
        return found

    def _asked(self, question: Callable[[], T]) -> T | None:
        """The answer, None where the cluster knows no such thing."""
        try:
            return question()
        except Exception as error:  # Ray has many of its own; those of requests are OSErrors
            said = one_line(str(error))
            if "404" in said or "does not exist" in said:
                return None
            if isinstance(error, OSError):
                raise AttnGanError(
                    f"The Ray cluster at {self.address} does not answer: look whether its dashboard is there."
                ) from error
            if type(error).__name__ == "AuthenticationError":  # what it says is long, and of tokens
                raise AttnGanError(
                    f"The Ray cluster at {self.address} wants a token: set it as for Ray's own commands."
                ) from error
            raise AttnGanError(f"The Ray cluster at {self.address} refused: {short(said, 200)}") from error
