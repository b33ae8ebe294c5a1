"""A stand-in for the Hugging Face hub on loopback: as much of its HTTP as its own client asks for.

Repositories live in memory. A token is the name of who has it; "reader" may not write, and "nobody" is none.
"""

import base64
import contextlib
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

OWNER, READER = "owner", "reader"


@dataclass
class Repo:
    """What lies under one name: commits, the newest last, each with its files."""

    private: bool = False
    gated: bool = False
    sdk: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    commits: list[tuple[str, dict[str, bytes]]] = field(default_factory=lambda: [("0" * 40, {})])

    def files(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        """The commit of a revision with its files; a branch other than main is not there."""
        if revision in ("", "main"):
            return self.commits[-1]
        return next((commit for commit in self.commits if commit[0] == revision), None)

    def commit(self, files: dict[str, bytes]) -> str:
        """A new commit of these files."""
        named = json.dumps([[name, hashlib.sha256(data).hexdigest()] for name, data in sorted(files.items())])
        sha = hashlib.sha1(f"{len(self.commits)}{named}".encode()).hexdigest()
        self.commits.append((sha, files))
        return sha


@dataclass
class Hub:
    """The stand-in: its repositories, what it was asked, and the faults it is told to have."""

    address: str = ""
    repos: dict[str, Repo] = field(default_factory=dict)  # by "models/OWNER/NAME", "spaces/..."
    stored: dict[str, bytes] = field(default_factory=dict)  # large files, by the sha256 of their content
    asked: list[str] = field(default_factory=list)
    refusing: int | None = None  # the status of every answer
    refusing_commits: int | None = None
    card_problem: str = ""
    cutting: bool = False  # downloads end after half of their bytes

    def made(self, repo: str, files: dict[str, bytes], **said: Any) -> str:
        """A model that somebody put there; its commit."""
        self.repos[f"models/{repo}"] = one = Repo(**said)
        return one.commit(files)


def refusal(status: int, code: str = "", message: str = "") -> Response:
    """An answer as the hub refuses."""
    headers = {"X-Error-Code": code, "X-Error-Message": message} if code or message else {}
    return JSONResponse({"error": message or code}, status, headers)


def who(request: Request) -> str | None:
    """Whose token came with the request."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return token or None


class Asked(Exception):  # noqa: N818 - it carries an answer
    """An answer that ends a request."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer


def app_of(hub: Hub) -> Starlette:
    """The hub's HTTP."""

    def seen(request: Request, writing: bool = False) -> Repo:
        """The repository that is asked for; ends the request where this person may not."""
        owner, name = request.path_params["owner"], request.path_params["name"]
        kind = request.path_params.get("kind", "models")
        person = who(request)
        if person == "nobody":
            raise Asked(refusal(401, message="Invalid credentials in Authorization header"))
        repo = hub.repos.get(f"{kind}/{owner}/{name}")
        if repo is None or (repo.private and person != owner):
            raise Asked(refusal(404 if person else 401, "RepoNotFound"))
        if repo.gated and person != owner:
            raise Asked(refusal(403, "GatedRepo"))
        if writing and person != owner:
            raise Asked(refusal(403, message="You don't have the rights"))
        return repo

    async def create(request: Request) -> Response:
        said, person = await request.json(), who(request)
        if person in (None, "nobody"):
            return refusal(401, message="Invalid credentials in Authorization header")
        owner = said.get("organization") or person
        if person == READER or owner != person:
            return refusal(403, message="You don't have the rights to create a model under this namespace")
        kind = f"{said.get('type', 'model')}s"
        place = f"{kind}/{owner}/{said['name']}"
        url = f"{hub.address}/{'' if kind == 'models' else kind + '/'}{owner}/{said['name']}"
        if place in hub.repos:
            return JSONResponse({"error": "You already created this repo", "url": url}, 409)
        private = said.get("private") or said.get("visibility") == "private"
        hub.repos[place] = Repo(private=bool(private), sdk=said.get("sdk"))
        return JSONResponse({"url": url, "id": f"{owner}/{said['name']}"})

    async def delete(request: Request) -> Response:
        said = await request.json()
        owner = said.get("organization") or who(request)
        place = f"{said.get('type', 'model')}s/{owner}/{said['name']}"
        return JSONResponse({}) if hub.repos.pop(place, None) else refusal(404, "RepoNotFound")

    def info(request: Request) -> Response:
        repo = seen(request)
        commit = repo.files(request.path_params.get("revision", "main"))
        if commit is None:
            return refusal(404, "RevisionNotFound")
        name = f"{request.path_params['owner']}/{request.path_params['name']}"
        files = [{"rfilename": path, "size": len(data)} for path, data in commit[1].items()]
        return JSONResponse(
            {"id": name, "modelId": name, "sha": commit[0], "private": repo.private, "siblings": files}
        )

    def tree(request: Request) -> Response:
        commit = seen(request).files(request.path_params["revision"])
        if commit is None:
            return refusal(404, "RevisionNotFound")
        return JSONResponse(
            [
                {"type": "file", "path": path, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for path, data in commit[1].items()
            ]
        )

    def file(request: Request) -> Response:
        commit = seen(request).files(request.path_params["revision"])
        if commit is None:
            return refusal(404, "RevisionNotFound")
        data = commit[1].get(request.path_params["path"])
        if data is None:
            return refusal(404, "EntryNotFound")
        headers = {
            "ETag": f'"{hashlib.sha256(data).hexdigest()}"',
            "X-Repo-Commit": commit[0],
            "Content-Length": str(len(data)),
            "Accept-Ranges": "bytes",
        }
        if request.method == "HEAD":
            return Response(headers=headers)

        async def half() -> AsyncIterator[bytes]:
            yield data[: len(data) // 2]
            raise ConnectionResetError("the line broke")

        return StreamingResponse(half(), headers=headers) if hub.cutting else Response(data, headers=headers)

    async def variable(request: Request) -> Response:
        said = await request.json()
        seen(request, writing=True).variables[said["key"]] = said["value"]
        return JSONResponse({})

    async def validate(request: Request) -> Response:
        errors = [{"message": hub.card_problem}] if hub.card_problem else []
        return JSONResponse({"errors": errors, "warnings": []}, 400 if errors else 200)

    async def preupload(request: Request) -> Response:
        seen(request, writing=True)
        files = (await request.json())["files"]
        return JSONResponse(
            {
                "files": [
                    {
                        "path": one["path"],
                        "uploadMode": "lfs" if one["path"].endswith((".safetensors", ".png")) else "regular",
                        "shouldIgnore": False,
                    }
                    for one in files
                ]
            }
        )

    async def batch(request: Request) -> Response:
        objects = (await request.json())["objects"]
        actions = [
            one | {"actions": {"upload": {"href": f"{hub.address}/store/{one['oid']}"}}} for one in objects
        ]
        return JSONResponse({"transfer": "basic", "objects": actions})

    async def store(request: Request) -> Response:
        hub.stored[request.path_params["oid"]] = await request.body()
        return Response()

    async def commit(request: Request) -> Response:
        repo = seen(request, writing=True)
        if hub.refusing_commits:
            return refusal(hub.refusing_commits)
        files = dict(repo.commits[-1][1])
        for line in (await request.body()).splitlines():
            said = json.loads(line)
            value = said["value"]
            if said["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif said["key"] == "lfsFile":
                files[value["path"]] = hub.stored[value["oid"]]
            elif said["key"] == "deletedFile":
                if value["path"] not in files:
                    return refusal(404, "EntryNotFound")
                del files[value["path"]]
        sha = repo.commit(files)
        place = "/".join(request.path_params[key] for key in ("owner", "name"))
        return JSONResponse(
            {"success": True, "commitOid": sha, "commitUrl": f"{hub.address}/{place}/commit/{sha}"}
        )

    def squash(request: Request) -> Response:
        repo = seen(request, writing=True)
        del repo.commits[:-1]
        return JSONResponse({})

    def guarded(endpoint: Any) -> Any:
        async def answer(request: Request) -> Response:
            hub.asked.append(f"{request.method} {request.url.path}")
            if hub.refusing:
                return refusal(hub.refusing)
            try:
                found = endpoint(request)
                return found if isinstance(found, Response) else await found
            except Asked as ended:
                return ended.answer

        return answer

    repo = "{owner}/{name}"
    api = "/api/{kind:str}/" + repo
    routes = [
        ("/api/repos/create", create, "POST"),
        ("/api/repos/delete", delete, "DELETE"),
        ("/api/validate-yaml", validate, "POST"),
        (api + "/variables", variable, "POST"),
        (api + "/preupload/{revision}", preupload, "POST"),
        (api + "/commit/{revision}", commit, "POST"),
        (api + "/super-squash/{revision}", squash, "POST"),
        (api + "/tree/{revision}", tree, "GET"),
        (api + "/revision/{revision:path}", info, "GET"),
        (api, info, "GET"),
        ("/" + repo + ".git/info/lfs/objects/batch", batch, "POST"),
        ("/{kind}/" + repo + ".git/info/lfs/objects/batch", batch, "POST"),
        ("/store/{oid}", store, "PUT"),
        ("/" + repo + "/resolve/{revision}/{path:path}", file, "GET"),
    ]
    return Starlette(routes=[Route(path, guarded(end), methods=[method]) for path, end, method in routes])


@contextlib.contextmanager
def served() -> Iterator[Hub]:
    """The stand-in at an address of its own, until the end."""
    hub = Hub()
    server = uvicorn.Server(uvicorn.Config(app_of(hub), port=0, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    hub.address = f"http://127.0.0.1:{port}"
    try:
        yield hub
    finally:
        server.should_exit = True
        thread.join()
