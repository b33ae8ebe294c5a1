"""Answers in numbers: a pixel's arithmetic, a picture's facts, the discriminator's word.

    /gradio_api/attngan/facts/<model>?seed=3          explain.facts as JSON, and the word on this picture
    /gradio_api/attngan/arithmetic/<model>?seed=3&edit=&layer=16&head=0&query=7      explain.arithmetic
    /gradio_api/attngan/judged/<model>?seed=3         a frame of this picture with the discriminator's
                                                      attention; POST a picture's file to judge that one

The query is otherwise that of a frame (demo.routes). A problem is told in place of the answer, as "problem"
in JSON or as one sentence of plain text where a frame was asked for.
"""

import dataclasses
import io
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer.frames import MOST_PICTURES, Studio, Wish, labels_of
from demo.explorer.link import whole
from demo.routes import ROOT, frame_response, wish_of

MOST_UPLOADED = 20 * 1024 * 1024  # bytes of a picture to be judged


def routes(studio: Studio) -> list[Route]:
    """What launch() passes on as app_kwargs={"routes": ...}."""

    def facts(request: Request) -> dict[str, Any]:
        return facts_of(studio, *_asked(request))

    def arithmetic(request: Request) -> dict[str, Any]:
        query = request.query_params
        place = Place(
            query.get("layer", ""), whole(query.get("head"), 2**15), whole(query.get("query"), 2**15)
        )
        return arithmetic_of(studio, *_asked(request), query.get("edit", ""), place)

    def judged(request: Request) -> Response:
        try:
            return frame_response(request, judged_frame(studio, *_asked(request)))
        except AttnGanError as error:
            return PlainTextResponse(str(error))

    async def given(request: Request) -> Response:
        try:
            file = await _uploaded(request)
            frame = await run_in_threadpool(judged_frame, studio, *_asked(request), file)
            return frame_response(request, frame)
        except AttnGanError as error:
            return PlainTextResponse(str(error))

    return [
        Route(f"{ROOT}/facts/{{model}}", _told(facts), methods=["GET"]),
        Route(f"{ROOT}/arithmetic/{{model}}", _told(arithmetic), methods=["GET"]),
        Route(f"{ROOT}/judged/{{model}}", judged, methods=["GET"]),
        Route(f"{ROOT}/judged/{{model}}", given, methods=["POST"]),
    ]


class Place(NamedTuple):
    """A query of a head of a layer, both counted from 0; None for what was no whole number."""

    layer: str
    head: int | None
    query: int | None


def facts_of(studio: Studio, shelved: shelf.Shelved, wish: Wish) -> dict[str, Any]:
    """explain.facts.Facts of the wish's first picture as a dict, and as "judged" the discriminator's word."""
    with studio.model(shelved) as model:
        from attngan.explain import facts
        from attngan.model import sampling

        labels = labels_of(model, wish)
        label = labels[0] if labels else None
        found = facts.facts(model, wish.seed, label, wish.truncation)
        image = sampling.sample(model, [wish.seed], labels, wish.truncation).items
        return dataclasses.asdict(found) | {"judged": _judge(model, image, label)[1]}


def arithmetic_of(
    studio: Studio, shelved: shelf.Shelved, wish: Wish, edit: str, place: Place
) -> dict[str, Any]:
    """explain.arithmetic.Arithmetic of one query as a dict; raises AttnGanError for what is not there."""
    if place.head is None or place.query is None:
        raise AttnGanError("head and query must be whole numbers from 0 on.")
    with studio.model(shelved) as model:
        from attngan.explain import arithmetic, edits, heatmaps
        from attngan.model import sampling

        changed = edits.parse_text(edit).on(model.generator)
        drawn = sampling.sample(model, [wish.seed], labels_of(model, wish), wish.truncation, changed)
        seen = heatmaps.find_layer(drawn.attention, place.layer)
        return dataclasses.asdict(arithmetic.arithmetic(seen, 0, place.head, place.query))


def judged_frame(studio: Studio, shelved: shelf.Shelved, wish: Wish, file: bytes | None = None) -> bytes:
    """The gzipped frame of one picture with the discriminator's attention; its header's "judged" is its word.

    The picture is the wish's first, or that of a file's bytes. Raises AttnGanError where that is none.
    """
    with studio.model(shelved) as model:
        import torch

        from attngan.explain import frames
        from attngan.model import sampling

        labels = labels_of(model, wish)
        if file is None:
            image = sampling.sample(model, [wish.seed], labels, wish.truncation).items
        else:
            image = torch.from_numpy(_pixels(file, model.config))
        attention, word = _judge(model, image, labels[0] if labels else None)
        sample = sampling.Sample(
            model.kind, image, attention, (wish.seed,), None if labels is None else tuple(labels)
        )
        return frames.encode(sample, judged=word)


def _judge(model: Any, image: Any, label: int | None) -> tuple[Any, dict[str, Any]]:
    """The discriminator's attention on a picture (1, H, W, C), and its word beside that on a grid's."""
    import torch

    from attngan.model import judging, sampling

    of_class = None if label is None else [label] * MOST_PICTURES
    grid = sampling.items(model, range(MOST_PICTURES), of_class)
    first, *others = judging.judge(model, torch.cat([image, grid]), label)
    logits = sorted(one.logit for one in others)
    word = {
        "logit": first.logit,
        "lowest": logits[0],
        "highest": logits[-1],
        "count": len(logits),
        "attention": bool(first.attention),
    }
    return first.attention, word


def _pixels(file: bytes, config: Any) -> Any:
    """The picture of a file's bytes as the model's networks take it, uint8 (1, H, W, C)."""
    from attngan.data.decoding import UnreadableError, decoded
    from attngan.data.pictures import with_channels

    try:
        return with_channels(decoded(io.BytesIO(file), config.image_size)[None], config.channels).copy()
    except UnreadableError as error:
        raise AttnGanError(f"This picture cannot be judged: {error}.") from error


def _asked(request: Request) -> tuple[shelf.Shelved, Wish]:
    """Model and picture that a query asks for, which must be one picture alone."""
    shelved = shelf.take(request.path_params["model"])
    wish = wish_of(request).checked(shelved)
    if wish.count != 1:
        raise AttnGanError(f"This is told of one picture at a time: count must be 1, not {wish.count}.")
    return shelved, wish


async def _uploaded(request: Request) -> bytes:
    """The request's body; raises AttnGanError as soon as it is too large, so that memory stays bounded."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_UPLOADED:
            raise AttnGanError(f"A picture may have {MOST_UPLOADED // 2**20} MB, this one has more.")
        parts.append(part)
    return b"".join(parts)


def _told(answer: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Response]:
    """A route that answers in JSON."""

    def told(request: Request) -> Response:
        try:
            return JSONResponse(answer(request))
        except AttnGanError as error:
            return JSONResponse({"problem": str(error)})

    return told
